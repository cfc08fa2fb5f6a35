using System.Text;

namespace Penstock.Connectors.Values;

/// <summary>A set, in insertion order so that runs can be repeated.</summary>
public sealed class SetValue : ObjectValue
{
    /// <summary>A set of these elements.</summary>
    public SetValue(params IEnumerable<Value> elements)
    {
        foreach (var element in elements)
            Elements.TryAdd(element, default);
    }

    internal OrderedDictionary<Value, Value> Elements { get; } = [];

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Set;

    /// <inheritdoc/>
    public override string TypeName => "set";

    /// <inheritdoc/>
    public override long? Length => Elements.Count;

    /// <inheritdoc/>
    public override IEnumerable<Value> Items => Elements.Keys;

    /// <summary>Whether the element is in the set.</summary>
    public bool Contains(Value element) => Elements.ContainsKey(element);

    internal override bool IsEqualTo(ObjectValue other, int depth) =>
        other is SetValue set && set.Elements.Count == Elements.Count && Elements.Keys.All(set.Contains);

    internal override int HashCode() => Unhashable();

    internal override void AppendRepr(StringBuilder target, int depth)
    {
        if (Elements.Count == 0)
            target.Append("set()");
        else
            ValueText.AppendSequence(target, '{', Elements.Keys.ToArray(), '}', depth);
    }
}
