using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Scopes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary>A variable that is read.</summary>
internal sealed class NameNode(int offset, string name) : Expression(offset)
{
    private int _slot;

    public string Name { get; } = name;

    public override bool IsConstant => false;

    public override void Declare(SymbolScope scope) => scope.Read(Name);

    public override void Bind(in Binding binding) => _slot = binding.Scope.Find(Name);

    public override Value Evaluate(Frame frame) => frame.Slots[_slot];
}
