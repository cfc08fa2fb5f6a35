using System.Buffers;

namespace Penstock.Pipelines.Masking;

/// <summary>
/// What a mask puts in place of a record's values: gathered first, for tokens are made several at once, then written. Reused from record
/// to record.
/// </summary>
internal sealed class MaskEdits
{
    private (int From, int To, int Text, int Length)[] _edits = new (int, int, int, int)[16];
    private byte[] _texts = new byte[512];
    private int _count;
    private int _used;

    /// <summary>Begins a record.</summary>
    public void Clear() => (_count, _used) = (0, 0);

    /// <summary>Puts a text in place of what lies between two positions. Positions come in their order.</summary>
    public void Replace(int from, int to, ReadOnlySpan<byte> text) => text.CopyTo(Reserve(from, to, text.Length));

    /// <summary>Leaves out what lies between two positions.</summary>
    public void Cut(int from, int to) => Reserve(from, to, 0);

    /// <summary>Puts a text in place of what lies between two positions that is known later; gives where, for <see cref="TextAt"/>.</summary>
    public int Later(int from, int to, int length)
    {
        Reserve(from, to, length);
        return _used - length;
    }

    /// <summary>The place of a text that comes later.</summary>
    public Span<byte> TextAt(int place, int length) => _texts.AsSpan(place, length);

    /// <summary>Writes the record with its edits.</summary>
    public void Write(ReadOnlySpan<byte> record, IBufferWriter<byte> output)
    {
        Span<byte> to = output.GetSpan(record.Length + _used);
        (int at, int written) = (0, 0);
        foreach ((int from, int until, int text, int length) in _edits.AsSpan(0, _count))
        {
            if (from > at)
            {
                record[at..from].CopyTo(to[written..]);
                written += from - at;
            }

            _texts.AsSpan(text, length).CopyTo(to[written..]);
            written += length;
            at = Math.Max(at, until);
        }

        record[at..].CopyTo(to[written..]);
        output.Advance(written + record.Length - at);
    }

    private Span<byte> Reserve(int from, int to, int length)
    {
        if (_count == _edits.Length)
            Array.Resize(ref _edits, 2 * _count);
        if (_texts.Length - _used < length)
            Array.Resize(ref _texts, Math.Max(2 * _texts.Length, _used + length));
        _edits[_count++] = (from, to, _used, length);
        _used += length;
        return _texts.AsSpan(_used - length, length);
    }
}
