using System.Runtime.InteropServices;
using System.Text;

namespace Penstock.Connectors.Records;

/// <summary>The records of a page as slices of their buffer, with the fields that were asked for. It is used again for every page.</summary>
/// <param name="recordFields">The top-level fields of records whose place is noted.</param>
/// <param name="responseFields">The top-level fields of the response whose place is noted; null if it isn't to be taken apart.</param>
internal sealed class SlicedRecords(IEnumerable<string> recordFields, IEnumerable<string>? responseFields = null)
{
    // A field may be asked for twice, by the cursor and by a template: its place is noted for the first.
    private readonly int[] _firsts = Firsts([.. recordFields]);
    private readonly byte[][] _recordFields = [.. recordFields.Select(Encoding.UTF8.GetBytes)];
    private readonly byte[][] _responseFields = [.. (responseFields ?? []).Select(Encoding.UTF8.GetBytes)];
    private readonly FieldSpan[] _response = new FieldSpan[responseFields?.Count() ?? 0];
    private readonly List<RecordSpan> _records = [];
    private readonly List<FieldSpan> _fields = [];

    /// <summary>How many records there are.</summary>
    public int Count => _records.Count;

    public RecordSpan this[int record] => _records[record];

    /// <summary>Where a record's field stands.</summary>
    /// <param name="record">The record.</param>
    /// <param name="field">The field, by its place among those asked for.</param>
    public FieldSpan Field(int record, int field) => _fields[(record * _recordFields.Length) + _firsts[field]];

    /// <summary>Where the response's fields stand, in the order asked for; null if the response is no object or wasn't taken apart.</summary>
    public FieldSpan[]? Response => responseFields is not null && ResponseIsObject ? _response : null;

    /// <summary>Whether any field of records is asked for.</summary>
    public bool NotesFields => _recordFields.Length > 0;

    /// <summary>Whether the fields of the response are to be noted.</summary>
    public bool NotesResponse => _responseFields.Length > 0;

    /// <summary>Whether the response was seen to be an object.</summary>
    public bool ResponseIsObject { get; set; }

    public void Clear()
    {
        _records.Clear();
        _fields.Clear();
        Array.Clear(_response);
        ResponseIsObject = false;
    }

    /// <summary>Forgets the records after the first so many.</summary>
    public void Truncate(int count)
    {
        _records.RemoveRange(count, _records.Count - count);
        _fields.RemoveRange(count * _recordFields.Length, _fields.Count - (count * _recordFields.Length));
    }

    /// <summary>Makes room for the fields of the record that is added next; none of them is there yet.</summary>
    public void BeginFields()
    {
        CollectionsMarshal.SetCount(_fields, _fields.Count + _recordFields.Length);
        CurrentFields.Clear();
    }

    /// <summary>The fields of the record that is added next.</summary>
    public Span<FieldSpan> CurrentFields => CollectionsMarshal.AsSpan(_fields)[^_recordFields.Length..];

    public void Add(RecordSpan record) => _records.Add(record);

    /// <summary>The place of a field among the records' fields; -1 if it isn't asked for.</summary>
    public int IndexOfRecordField(FieldName name) => IndexOf(_recordFields, name);

    /// <summary>The place of a field among the response's fields; -1 if it isn't asked for.</summary>
    public int IndexOfResponseField(FieldName name) => IndexOf(_responseFields, name);

    public void NoteResponse(int field, FieldSpan span) => _response[field] = span;

    private static int[] Firsts(string[] fields) => Array.ConvertAll(fields, field => Array.IndexOf(fields, field));

    private static int IndexOf(byte[][] names, FieldName name)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (name.Is(names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
