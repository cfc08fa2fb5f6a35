using System.Text.Json;

namespace Penstock.Connectors.Records;

/// <summary>
/// Slices records out of JSON bodies as bytes, along a path, in one pass and without a tree. It follows the reference's
/// DpathExtractor: a list gives its elements, another value that is not empty gives itself, and with a wildcard every match
/// is a record as it is.
/// </summary>
internal ref struct JsonSlicer
{
    // The longest integer of 64 bits has 19 digits; shorter numbers need no second look.
    private const int LongNumber = 19;
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    private readonly RecordPath _path;
    private readonly SlicedRecords _records;
    private readonly int _offset;
    private Utf8JsonReader _reader;
    private bool _sawLongNumber;
    private bool _isResponse;

    private JsonSlicer(ReadOnlySpan<byte> body, int offset, RecordPath path, SlicedRecords records)
    {
        _path = path;
        _records = records;
        _offset = offset;
        _reader = new Utf8JsonReader(body, Options);
    }

    /// <summary>Appends the records of a batch of bodies.</summary>
    /// <param name="batch">The bodies.</param>
    /// <param name="path">The path to the records; <see cref="RecordPath.CanSlice"/> must hold.</param>
    /// <param name="records">Gets the records, and says which fields are noted.</param>
    /// <exception cref="JsonException">A body isn't JSON.</exception>
    public static void Slice(in BodyBatch batch, RecordPath path, SlicedRecords records)
    {
        var buffer = batch.Json.Span;
        var isResponse = true;
        foreach (var body in batch.Bodies)
        {
            var (start, length) = body.GetOffsetAndLength(buffer.Length);
            new JsonSlicer(buffer.Slice(start, length), start, path, records) { _isResponse = isResponse }.Run(batch.ListsAreBodies);
            isResponse = false;
        }
    }

    private void Run(bool listsAreBodies)
    {
        _reader.Read();
        if (listsAreBodies && _reader.TokenType == JsonTokenType.StartArray)
        {
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            {
                FollowBody();
            }
        }
        else
        {
            FollowBody();
        }

        while (_reader.Read())
        {
            // To its end, so that a body that is cut off is never taken for a short one.
        }
    }

    /// <summary>The first body is what paging templates call the response.</summary>
    private void FollowBody()
    {
        _isResponse &= _records.NotesResponse && _path.Length > 0;
        _records.ResponseIsObject |= _isResponse && _reader.TokenType == JsonTokenType.StartObject;
        Follow(0);
        _isResponse = false;
    }

    private void Follow(int depth)
    {
        if (depth == _path.Length)
        {
            Take();
        }
        else if (_reader.TokenType == JsonTokenType.StartObject)
        {
            FollowObject(depth);
        }
        else if (_reader.TokenType == JsonTokenType.StartArray)
        {
            FollowArray(depth);
        }
    }

    private void FollowObject(int depth)
    {
        var before = _records.Count;
        var isAny = _path.IsAny(depth);
        var notes = _isResponse && depth == 0;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMatch = isAny || _reader.ValueTextEquals(_path.Key(depth));
            var noted = notes ? _records.IndexOfResponseField(ref _reader) : -1;
            var nameStart = (int)_reader.TokenStartIndex;
            _reader.Read();
            var valueStart = (int)_reader.TokenStartIndex;
            if (!isMatch)
            {
                _reader.Skip();
            }
            else
            {
                if (!isAny)
                {
                    // Of repeated keys the last wins.
                    _records.Truncate(before);
                }

                Follow(depth + 1);
            }

            if (noted >= 0)
            {
                _records.NoteResponse(noted, Field(nameStart, valueStart));
            }
        }
    }

    private void FollowArray(int depth)
    {
        for (var index = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (_path.IsAny(depth) || _path.Index(depth) == index)
            {
                Follow(depth + 1);
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    private void Take()
    {
        if (!_path.HasWildcard && _reader.TokenType == JsonTokenType.StartArray)
        {
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            {
                TakeRecord();
            }
        }
        else if (_path.HasWildcard || !IsEmpty())
        {
            TakeRecord();
        }
        else
        {
            _reader.Skip();
        }
    }

    private readonly bool IsEmpty()
    {
        var probe = _reader;
        return _reader.TokenType switch
        {
            JsonTokenType.Null or JsonTokenType.False => true,
            JsonTokenType.String => _reader.ValueSpan.IsEmpty,
            JsonTokenType.Number => _reader.TryGetDouble(out var number) && number == 0,
            JsonTokenType.StartObject => probe.Read() && probe.TokenType == JsonTokenType.EndObject,
            _ => false,
        };
    }

    private void TakeRecord()
    {
        var start = (int)_reader.TokenStartIndex;
        var isObject = _reader.TokenType == JsonTokenType.StartObject;
        var repeats = false;
        _sawLongNumber = false;
        _records.BeginFields();
        if (isObject && _records.NotesFields)
        {
            repeats = NoteFields();
        }
        else
        {
            SkipValue();
        }

        _records.Add(new RecordSpan(start + _offset, (int)_reader.BytesConsumed - start)
        {
            HasLongNumber = _sawLongNumber,
            IsObject = isObject,
            RepeatsField = repeats,
        });
    }

    /// <summary>Notes the fields of the object at hand; true if one of them is there twice.</summary>
    private bool NoteFields()
    {
        var repeats = false;
        var fields = _records.CurrentFields;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var noted = _records.IndexOfRecordField(ref _reader);
            var nameStart = (int)_reader.TokenStartIndex;
            _reader.Read();
            var valueStart = (int)_reader.TokenStartIndex;
            SkipValue();
            if (noted >= 0)
            {
                repeats |= fields[noted].IsThere;
                fields[noted] = Field(nameStart, valueStart);
            }
        }

        return repeats;
    }

    private readonly FieldSpan Field(int nameStart, int valueStart) =>
        new(nameStart + _offset, valueStart + _offset, (int)_reader.BytesConsumed - valueStart);

    private void SkipValue()
    {
        var depth = _reader.CurrentDepth;
        if (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            while (_reader.Read() && _reader.CurrentDepth > depth)
            {
                _sawLongNumber |= _reader.TokenType == JsonTokenType.Number && _reader.ValueSpan.Length >= LongNumber;
            }
        }
        else
        {
            _sawLongNumber |= _reader.TokenType == JsonTokenType.Number && _reader.ValueSpan.Length >= LongNumber;
        }
    }
}
