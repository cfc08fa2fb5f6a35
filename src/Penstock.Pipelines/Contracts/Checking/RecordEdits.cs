using System.Buffers;

namespace Penstock.Pipelines.Contracts.Checking;

/// <summary>
/// What is to be changed in the text of a record: pieces are cut out or replaced, the rest is copied as it is. So a value that
/// nobody touches stays as it was, byte for byte.
/// </summary>
internal sealed class RecordEdits
{
    private readonly List<(int Start, int End, int From, int Length)> _edits = [];
    private readonly ArrayBufferWriter<byte> _texts = new();

    /// <summary>Whether there are any.</summary>
    public bool Any => _edits.Count > 0;

    public void Clear()
    {
        if (_edits.Count == 0)
            return;
        _edits.Clear();
        _texts.ResetWrittenCount();
    }

    /// <summary>Cuts a piece out; edits inside it are gone with it.</summary>
    public void Cut(long start, long end) => Replace(start, end, []);

    /// <summary>Puts a text in the place of a piece. Pieces come in the order of the record.</summary>
    public void Replace(long start, long end, ReadOnlySpan<byte> text)
    {
        while (_edits.Count > 0 && _edits[^1].Start >= start)
            _edits.RemoveAt(_edits.Count - 1);
        _edits.Add(((int)start, (int)end, _texts.WrittenCount, text.Length));
        _texts.Write(text);
    }

    /// <summary>Writes the record with its edits.</summary>
    public void Write(ReadOnlySpan<byte> record, IBufferWriter<byte> output)
    {
        int at = 0;
        foreach ((int start, int end, int from, int length) in _edits)
        {
            output.Write(record[at..start]);
            output.Write(_texts.WrittenSpan.Slice(from, length));
            at = end;
        }

        output.Write(record[at..]);
    }
}
