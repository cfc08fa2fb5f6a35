using System.Runtime.CompilerServices;
using System.Text;

namespace Penstock.Connectors.Values;

/// <summary>An immutable list.</summary>
public class TupleValue : ObjectValue
{
    /// <summary>A tuple of these elements.</summary>
    public TupleValue(params Value[] elements) => Elements = elements;

    /// <summary>The elements.</summary>
    public IReadOnlyList<Value> Elements { get; }

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Tuple;

    /// <inheritdoc/>
    public override string TypeName => "tuple";

    /// <inheritdoc/>
    public override long? Length => Elements.Count;

    /// <inheritdoc/>
    public override IEnumerable<Value> Items => Elements;

    internal override bool IsEqualTo(ObjectValue other, int depth) =>
        other is TupleValue tuple && ValueEquality.SequenceEquals(Elements, tuple.Elements, depth);

    internal override int HashCode()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var hash = new HashCode();
        foreach (var element in Elements)
            hash.Add(element.GetHashCode());
        return hash.ToHashCode();
    }

    internal override void AppendRepr(StringBuilder target, int depth)
    {
        ValueText.AppendSequence(target, '(', Elements, ')', depth);
        if (Elements.Count == 1)
            target.Insert(target.Length - 1, ',');
    }
}
