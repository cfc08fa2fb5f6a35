using System.Text;

namespace Penstock.Connectors.Values;

/// <summary>Raw bytes.</summary>
public sealed class BytesValue(byte[] content) : ObjectValue
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; } = content;

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Bytes;

    /// <inheritdoc/>
    public override string TypeName => "bytes";

    /// <inheritdoc/>
    public override long? Length => Content.Length;

    /// <inheritdoc/>
    public override IEnumerable<Value> Items => Content.ToArray().Select(b => Value.Of((long)b));

    internal override bool IsEqualTo(ObjectValue other, int depth) =>
        other is BytesValue bytes && bytes.Content.Span.SequenceEqual(Content.Span);

    internal override int HashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Content.Span);
        return hash.ToHashCode();
    }

    internal override void AppendRepr(StringBuilder target, int depth)
    {
        target.Append('b');
        TextRepr.Append(target, Encoding.Latin1.GetString(Content.Span), asciiOnly: true);
    }
}
