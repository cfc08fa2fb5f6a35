using System.Text.Json;

namespace Penstock.Connectors.Records;

/// <summary>
/// Slices records out of JSON bodies as bytes, along a path, in one pass and without a tree. It follows the reference's
/// DpathExtractor: a list gives its elements, another value that is not empty gives itself, and with a wildcard every match
/// is a record as it is.
/// </summary>
internal ref struct JsonSlicer
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly RecordPath _path;
    private readonly SlicedRecords _records;
    private readonly int _offset;
    private JsonScanner _scanner;
    private bool _isResponse;

    private JsonSlicer(ReadOnlySpan<byte> body, int offset, RecordPath path, SlicedRecords records)
    {
        _body = body;
        _path = path;
        _records = records;
        _offset = offset;
        _scanner = new JsonScanner(body);
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
        if (!listsAreBodies || _scanner.Peek() != '[')
        {
            FollowBody(0);
        }
        else if (_scanner.Enter((byte)']'))
        {
            do
            {
                FollowBody(1);
            }
            while (_scanner.Next((byte)']'));
        }

        // To its end, so that a body that is cut off is never taken for a short one, nor two for one.
        if (_scanner.Peek() != 0 || _scanner.Position < _body.Length)
        {
            throw _scanner.Invalid();
        }
    }

    /// <summary>The first body is what paging templates call the response.</summary>
    private void FollowBody(int nesting)
    {
        _isResponse &= _records.NotesResponse && _path.Length > 0;
        _records.ResponseIsObject |= _isResponse && _scanner.Peek() == '{';
        Follow(0, nesting);
        _isResponse = false;
    }

    private void Follow(int depth, int nesting)
    {
        var next = _scanner.Peek();
        if (depth == _path.Length)
        {
            Take(nesting);
        }
        else if (next == '{')
        {
            FollowObject(depth, nesting + 1);
        }
        else if (next == '[')
        {
            FollowArray(depth, nesting + 1);
        }
        else
        {
            _scanner.SkipValue(nesting);
        }
    }

    private void FollowObject(int depth, int nesting)
    {
        _scanner.CheckDepth(nesting);
        var before = _records.Count;
        var isAny = _path.IsAny(depth);
        var notes = _isResponse && depth == 0;
        if (!_scanner.Enter((byte)'}'))
        {
            return;
        }

        do
        {
            _scanner.Peek();
            var nameStart = _scanner.Position;
            var name = new FieldName(_scanner.Name(out var isEscaped), isEscaped);
            _scanner.Peek();
            var valueStart = _scanner.Position;
            if (!isAny && !name.Is(_path.Key(depth)))
            {
                _scanner.SkipValue(nesting);
            }
            else
            {
                if (!isAny)
                {
                    // Of repeated keys the last wins.
                    _records.Truncate(before);
                }

                Follow(depth + 1, nesting);
            }

            if (notes && _records.IndexOfResponseField(name) is var noted and >= 0)
            {
                _records.NoteResponse(noted, Field(nameStart, valueStart));
            }
        }
        while (_scanner.Next((byte)'}'));
    }

    private void FollowArray(int depth, int nesting)
    {
        _scanner.CheckDepth(nesting);
        if (!_scanner.Enter((byte)']'))
        {
            return;
        }

        var index = 0;
        do
        {
            if (_path.IsAny(depth) || _path.Index(depth) == index)
            {
                Follow(depth + 1, nesting);
            }
            else
            {
                _scanner.SkipValue(nesting);
            }

            index++;
        }
        while (_scanner.Next((byte)']'));
    }

    private void Take(int nesting)
    {
        if (_path.HasWildcard || _scanner.Peek() != '[')
        {
            var before = _records.Count;
            TakeRecord(nesting);
            if (!_path.HasWildcard && IsEmpty(_records[before]))
            {
                _records.Truncate(before);
            }
        }
        else if (_scanner.Enter((byte)']'))
        {
            do
            {
                TakeRecord(nesting + 1);
            }
            while (_scanner.Next((byte)']'));
        }
    }

    private readonly bool IsEmpty(RecordSpan span)
    {
        var reader = new Utf8JsonReader(_body.Slice(span.Start - _offset, span.Length), new JsonReaderOptions { MaxDepth = JsonScanner.MaxDepth });
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null or JsonTokenType.False => true,
            JsonTokenType.String => reader.ValueSpan.IsEmpty,
            JsonTokenType.Number => reader.TryGetDouble(out var number) && number == 0,
            JsonTokenType.StartObject => reader.Read() && reader.TokenType == JsonTokenType.EndObject,
            _ => false,
        };
    }

    private void TakeRecord(int nesting)
    {
        var isObject = _scanner.Peek() == '{';
        var start = _scanner.Position;
        var repeats = false;
        _scanner.SawLongNumber = false;
        _records.BeginFields();
        if (isObject && _records.NotesFields)
        {
            repeats = NoteFields(nesting + 1);
        }
        else
        {
            _scanner.SkipValue(nesting);
        }

        _records.Add(new RecordSpan(start + _offset, _scanner.Position - start)
        {
            HasLongNumber = _scanner.SawLongNumber,
            IsObject = isObject,
            RepeatsField = repeats,
        });
    }

    /// <summary>Notes the fields of the object at hand; true if one of them is there twice.</summary>
    private bool NoteFields(int nesting)
    {
        _scanner.CheckDepth(nesting);
        var repeats = false;
        var fields = _records.CurrentFields;
        if (!_scanner.Enter((byte)'}'))
        {
            return false;
        }

        do
        {
            _scanner.Peek();
            var nameStart = _scanner.Position;
            var name = new FieldName(_scanner.Name(out var isEscaped), isEscaped);
            _scanner.Peek();
            var valueStart = _scanner.Position;
            _scanner.SkipValue(nesting);
            if (_records.IndexOfRecordField(name) is var noted and >= 0)
            {
                repeats |= fields[noted].IsThere;
                fields[noted] = Field(nameStart, valueStart);
            }
        }
        while (_scanner.Next((byte)'}'));
        return repeats;
    }

    private readonly FieldSpan Field(int nameStart, int valueStart) =>
        new(nameStart + _offset, valueStart + _offset, _scanner.Position - valueStart);
}
