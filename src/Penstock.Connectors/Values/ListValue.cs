using System.Text;

namespace Penstock.Connectors.Values;

/// <summary>A mutable list.</summary>
public sealed class ListValue : ObjectValue
{
    /// <summary>An empty list.</summary>
    public ListValue() => Elements = [];

    /// <summary>A list of these elements.</summary>
    public ListValue(IEnumerable<Value> elements) => Elements = [.. elements];

    internal ListValue(List<Value> elements) => Elements = elements;

    /// <summary>The elements.</summary>
    public List<Value> Elements { get; }

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.List;

    /// <inheritdoc/>
    public override string TypeName => "list";

    /// <inheritdoc/>
    public override long? Length => Elements.Count;

    /// <inheritdoc/>
    public override IEnumerable<Value> Items
    {
        get
        {
            // By index, because a template may append to the list that it walks over.
            for (var i = 0; i < Elements.Count; i++)
                yield return Elements[i];
        }
    }

    internal override bool IsEqualTo(ObjectValue other, int depth) =>
        other is ListValue list && ValueEquality.SequenceEquals(Elements, list.Elements, depth);

    internal override int HashCode() => Unhashable();

    internal override void AppendRepr(StringBuilder target, int depth) => ValueText.AppendSequence(target, '[', Elements, ']', depth);
}
