using System.Buffers;

namespace Penstock.Pipelines.Masking;

/// <summary>Copies a text and puts other parts into it on the way: what stays is copied in as few pieces as can be.</summary>
internal ref struct Splice(ReadOnlySpan<byte> source, IBufferWriter<byte> output)
{
    // What masks put in is seldom longer than what they take out by more than this.
    private const int Slack = 256;

    private readonly ReadOnlySpan<byte> _source = source;
    private Span<byte> _free = output.GetSpan(source.Length + Slack);
    private int _written;
    private int _done;

    /// <summary>Copies what comes before a position.</summary>
    public void CopyTo(long position)
    {
        if (position <= _done)
            return;
        Write(_source[_done..(int)position]);
        _done = (int)position;
    }

    /// <summary>Leaves out what comes before a position.</summary>
    public void SkipTo(long position) => _done = Math.Max(_done, (int)position);

    /// <summary>Puts a text in place of what lies between two positions.</summary>
    public void Replace(long from, long to, scoped ReadOnlySpan<byte> text)
    {
        CopyTo(from);
        Write(text);
        SkipTo(to);
    }

    /// <summary>Copies the rest.</summary>
    public void Finish()
    {
        CopyTo(_source.Length);
        output.Advance(_written);
        _free = default;
        _written = 0;
    }

    private void Write(scoped ReadOnlySpan<byte> text)
    {
        if (_free.Length - _written < text.Length)
        {
            output.Advance(_written);
            _free = output.GetSpan(_source.Length - _done + text.Length + Slack);
            _written = 0;
        }

        text.CopyTo(_free[_written..]);
        _written += text.Length;
    }
}
