using System.Text;

namespace Penstock.Connectors.Values;

/// <summary>A value that is more than a scalar: a list, a mapping, a datetime, a function …</summary>
public abstract class ObjectValue
{
    private protected ObjectValue() { }

    /// <summary>What the value is.</summary>
    public virtual ValueKind Kind => ValueKind.Object;

    /// <summary>The name of its type in messages and printed values.</summary>
    public abstract string TypeName { get; }

    /// <summary>Python's truth of it.</summary>
    public virtual bool IsTruthy => Length != 0;

    /// <summary>How many items it has; null if it has no length.</summary>
    public virtual long? Length => null;

    /// <summary>Its items, or null if it can't be iterated. A mapping gives its keys.</summary>
    public virtual IEnumerable<Value>? Items => null;

    internal virtual bool IsEqualTo(ObjectValue other, int depth) => ReferenceEquals(this, other);

    internal virtual int HashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    internal abstract void AppendRepr(StringBuilder target, int depth);

    internal virtual void AppendText(StringBuilder target) => AppendRepr(target, 0);

    internal int Unhashable() => throw ValueException.Type($"unhashable type: '{TypeName}'");
}
