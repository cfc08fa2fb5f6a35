using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Scopes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary>What can be assigned to.</summary>
internal abstract class Target(int offset) : Node(offset)
{
    /// <summary>The names are set by the scope's owner: a loop's or a <c>with</c>'s.</summary>
    public abstract void DeclareAsParameter(SymbolScope scope);

    /// <summary>Fails where the target can't take any value at all, before the value is evaluated.</summary>
    public virtual void Check(Frame frame)
    {
    }

    public abstract void Assign(Frame frame, in Value value);
}

/// <summary>A name.</summary>
internal sealed class NameTarget(int offset, string name) : Target(offset)
{
    private int _slot;

    public string Name => name;

    public int Slot => _slot;

    public override void Declare(SymbolScope scope) => scope.Store(name);

    public override void DeclareAsParameter(SymbolScope scope) => scope.DeclareParameter(name);

    public override void Bind(in Binding binding) => _slot = binding.Scope.Find(name);

    public override void Assign(Frame frame, in Value value) => frame.Slots[_slot] = value;
}

/// <summary>Several targets for the items of one value.</summary>
internal sealed class TupleTarget(int offset, Target[] targets) : Target(offset)
{
    public override IEnumerable<Node> Children => targets;

    public override void DeclareAsParameter(SymbolScope scope) => Array.ForEach(targets, t => t.DeclareAsParameter(scope));

    public override void Check(Frame frame) => Array.ForEach(targets, t => t.Check(frame));

    public override void Assign(Frame frame, in Value value)
    {
        if (value.AsText is null && value.AsObject?.Items is null)
            throw ValueException.Type($"cannot unpack non-iterable {value.TypeName} object");
        var items = Iteration.ToList(frame.Evaluation, value).Elements;
        if (items.Count != targets.Length)
            throw ValueException.Bad(items.Count < targets.Length ? "not enough values to unpack" : "too many values to unpack");
        for (var i = 0; i < targets.Length; i++)
            targets[i].Assign(frame, items[i]);
    }
}

/// <summary><c>namespace.name</c>.</summary>
internal sealed class NamespaceTarget(int offset, string name, string attribute) : Target(offset)
{
    private int _slot;

    public override void Declare(SymbolScope scope) => scope.Read(name);

    public override void DeclareAsParameter(SymbolScope scope) => scope.Read(name);

    public override void Bind(in Binding binding) => _slot = binding.Scope.Find(name);

    public override void Check(Frame frame)
    {
        if (frame.Slots[_slot].AsObject is not NamespaceValue)
            throw new ValueException(ValueErrorKind.Value, "cannot assign attribute on non-namespace object");
    }

    public override void Assign(Frame frame, in Value value) => ((NamespaceValue)frame.Slots[_slot].AsObject!).Attributes[attribute] = value;
}
