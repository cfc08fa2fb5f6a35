using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Scopes;

/// <summary>Gives the variables of a scope their first values.</summary>
internal sealed class ScopeEntry(ScopeEntry.Step[] steps)
{
    internal readonly record struct Step(int Slot, LoadKind Kind, int Source, Value Undefined);

    public void Run(Frame frame)
    {
        foreach (ref readonly var step in steps.AsSpan())
        {
            frame.Slots[step.Slot] = step.Kind switch
            {
                LoadKind.Resolve => frame.Roots[step.Source],
                LoadKind.Alias => frame.Slots[step.Source],
                _ => step.Undefined,
            };
        }
    }
}
