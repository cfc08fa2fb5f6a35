namespace Penstock.Simulation.Faults;

/// <summary>Faults at calls that are told by what they do, so that a regression test stays the same when others are added.</summary>
/// <param name="faults">The faults; each happens as often as it says.</param>
public sealed class NamedFaults(params NamedFault[] faults) : FaultPlan
{
    private readonly int[] _seen = new int[faults.Length];

    public override Fault Next(in PortCall call, DateTimeOffset now)
    {
        for (int i = 0; i < faults.Length; i++)
        {
            if (faults[i].Kind == call.Kind && call.Name.Contains(faults[i].Name, StringComparison.Ordinal)
                && _seen[i]++ is var n && n >= faults[i].Skip && n < faults[i].Skip + faults[i].Times)
                return new Fault(faults[i].Mode, faults[i].Stall ?? Fault.LongStall);
        }

        return Fault.None;
    }
}

/// <summary>A fault at a call.</summary>
/// <param name="Kind">What is called.</param>
/// <param name="Name">A part of the name.</param>
/// <param name="Mode">What goes wrong.</param>
/// <param name="Skip">How many such calls go well before.</param>
/// <param name="Times">How many go wrong.</param>
public sealed record NamedFault(CallKind Kind, string Name, FaultMode Mode, int Skip = 0, int Times = 1)
{
    /// <summary>How long a stalled call hangs; null for long.</summary>
    public TimeSpan? Stall { get; init; }
}
