using System.Buffers;

namespace Penstock.Pipelines.Masking;

/// <summary>Copies a text and puts other parts into it on the way: what stays is copied in as few pieces as can be.</summary>
internal ref struct Splice(ReadOnlySpan<byte> source, IBufferWriter<byte> output)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private int _done;

    /// <summary>Copies what comes before a position.</summary>
    public void CopyTo(long position)
    {
        if (position <= _done)
            return;
        output.Write(_source[_done..(int)position]);
        _done = (int)position;
    }

    /// <summary>Leaves out what comes before a position.</summary>
    public void SkipTo(long position) => _done = Math.Max(_done, (int)position);

    /// <summary>Puts a text in place of what lies between two positions.</summary>
    public void Replace(long from, long to, scoped ReadOnlySpan<byte> text)
    {
        CopyTo(from);
        output.Write(text);
        SkipTo(to);
    }

    /// <summary>Copies the rest.</summary>
    public void Finish() => CopyTo(_source.Length);
}
