using System.Buffers;
using System.Globalization;
using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Records;

namespace Penstock.Pipelines.Shaping;

/// <summary>
/// Makes the items of a list in a record rows of a table of their own: each with the record's key and its place. They come and go
/// together, with the record's version. Done last: what the record's contract and mask say of the list holds for its items.
/// </summary>
internal sealed class ListExplosion
{
    private readonly ExplodedList _list;
    private readonly byte[][] _keyNames;
    private readonly FieldFinder _fields;
    private readonly FieldFinder _own;
    private readonly string[] _ownNames;
    private readonly Range[] _values;
    private readonly Range[] _ownValues;
    private readonly byte[] _position;
    private readonly ArrayBufferWriter<byte> _rows = new(1024);

    /// <param name="list">The list.</param>
    /// <param name="key">The paths of the record's key.</param>
    public ListExplosion(ExplodedList list, IReadOnlyList<IReadOnlyList<string>> key)
    {
        _list = list;
        string[] names = [.. key.Select(path => list.Parent.GetValueOrDefault(string.Join('.', path)) ?? $"parent_{path[^1]}")];
        _ownNames = [.. names, list.Position];
        _keyNames = [.. names.Select(Named)];
        _position = Named(list.Position);
        _fields = new FieldFinder([.. key, [list.Member]]);
        _own = new FieldFinder([.. _ownNames.Select(name => (IReadOnlyList<string>)[name])]);
        (_values, _ownValues) = (new Range[_fields.Count], new Range[_own.Count]);
    }

    /// <summary>The list.</summary>
    public ExplodedList List => _list;

    /// <summary>The rows of the last record, one a line.</summary>
    public ReadOnlySpan<byte> Rows => _rows.WrittenSpan;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Makes the rows; gives what keeps them from being made, or null.</summary>
    public Violation? Read(ReadOnlySpan<byte> record)
    {
        _rows.ResetWrittenCount();
        Count = 0;
        _fields.Find(record, _values);
        ReadOnlySpan<byte> list = record[_values[^1]];
        if (list.IsEmpty || list.SequenceEqual("null"u8))
            return null;
        if (list[0] != '[')
            return new Violation("explode", _list.Member, "It isn't a list.");
        int at = JsonSkim.SkipSpace(list, 1);
        while (list[at] != ']')
        {
            int start = at;
            JsonSkim.SkipValue(list, ref at);
            if (Add(record, list[start..at]) is { } violation)
                return violation;
            at = JsonSkim.SkipSpace(list, at);
            if (list[at] == ',')
                at = JsonSkim.SkipSpace(list, at + 1);
        }

        return null;
    }

    private Violation? Add(ReadOnlySpan<byte> record, ReadOnlySpan<byte> item)
    {
        if (Count++ > 0)
            _rows.Write("\n"u8);
        _rows.Write("{"u8);
        for (int i = 0; i < _keyNames.Length; i++)
        {
            _rows.Write(_keyNames[i]);
            _rows.Write(record[_values[i]]);
            _rows.Write(","u8);
        }

        _rows.Write(_position);
        _rows.Write(Encoding.UTF8.GetBytes((Count - 1).ToString(CultureInfo.InvariantCulture)));
        if (item[0] != '{')
        {
            // An item that is no object is the row's value.
            _rows.Write(",\"value\":"u8);
            _rows.Write(item);
        }
        else
        {
            _own.Find(item, _ownValues);
            if (Array.FindIndex(_ownValues, value => !value.Equals(default)) is >= 0 and int taken)
                return new Violation("explode", $"{_list.Member}[{Count - 1}].{_ownNames[taken]}", "The item has a member of the name that its record's key or its place gets. Name those otherwise, with 'parent' or 'position'.");
            ReadOnlySpan<byte> members = item[1..^1].Trim(" \t\r\n"u8);
            if (!members.IsEmpty)
                _rows.Write(","u8);
            _rows.Write(members);
        }

        _rows.Write("}"u8);
        return null;
    }

    private static byte[] Named(string name)
    {
        var text = new ArrayBufferWriter<byte>();
        ShapedRecord.WriteName(name, text);
        return text.WrittenSpan.ToArray();
    }
}
