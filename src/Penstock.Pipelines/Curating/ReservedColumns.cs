using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Lake;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Records;

namespace Penstock.Pipelines.Curating;

/// <summary>Finds records that have a member of their own where the history of their table adds one.</summary>
internal sealed class ReservedColumns
{
    private readonly byte[][] _quoted;
    private readonly FieldFinder _fields;
    private readonly Range[] _values;
    private readonly IReadOnlyList<string> _names;

    private ReservedColumns(IReadOnlyList<string> names)
    {
        _names = names;
        _quoted = [.. names.Select(name => Encoding.UTF8.GetBytes($"\"{name}\""))];
        _fields = new FieldFinder([.. names.Select(name => (IReadOnlyList<string>)[name])]);
        _values = new Range[names.Count];
    }

    /// <summary>Those of a stream's own table and lake files; null if there are none.</summary>
    public static ReservedColumns? Of(CuratedTable table, StreamOutputs outputs)
    {
        IReadOnlyList<string> names =
        [
            .. table.History == HistoryMode.Scd2 ? RowWriter.Validity : table.KeepsDeleted ? [RowWriter.IsDeleted] : [],
            .. outputs.Lake is null ? Array.Empty<string>() : [LakeRow.Member],
        ];
        return names.Count == 0 ? null : new(names);
    }

    /// <summary>What is wrong with a valid record, or null.</summary>
    public Violation? Violation(ReadOnlySpan<byte> record)
    {
        // Almost no record has them, and a search for their names costs nothing beside a look at its members.
        foreach (byte[] name in _quoted)
        {
            if (record.IndexOf(name) >= 0)
                return Look(record);
        }

        return null;
    }

    private Violation? Look(ReadOnlySpan<byte> record)
    {
        _fields.Find(record, _values);
        int at = Array.FindIndex(_values, value => !value.Equals(default));
        return at < 0 ? null : new Violation(_names[at] == LakeRow.Member ? "lake" : "history", _names[at], _names[at] == LakeRow.Member ? "Rows of lake files have a member of this name. Give the record's own another one in 'shape'." : "The history adds a member of this name. Give the record's own another one in 'shape'.");
    }
}
