using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Scopes;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary>A loop's target has slots of the body's scope; its test has a scope, and so slots, of its own.</summary>
internal sealed class TargetCopy(Target target)
{
    private (int From, int To)[] _pairs = [];

    public void Bind(SymbolScope testScope) =>
        _pairs = [.. target.Descendants().OfType<NameTarget>().Select(t => (t.Slot, testScope.Find(t.Name)))];

    public void Copy(Frame frame)
    {
        foreach (var (from, to) in _pairs)
            frame.Slots[to] = frame.Slots[from];
    }
}
