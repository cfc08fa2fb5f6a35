namespace Penstock.Simulation.Faults;

/// <summary>Decides for each call whether it goes wrong, and how.</summary>
public abstract class FaultPlan
{
    /// <summary>Nothing goes wrong.</summary>
    public static FaultPlan None { get; } = new ChosenFaults(new Dictionary<int, FaultMode>());

    /// <summary>The fault of a call.</summary>
    public abstract Fault Next(in PortCall call, DateTimeOffset now);
}

/// <summary>A fault.</summary>
/// <param name="Mode">What goes wrong.</param>
/// <param name="Stall">How long a stalled call hangs.</param>
public readonly record struct Fault(FaultMode Mode, TimeSpan Stall)
{
    /// <summary>Longer than a lease and than a message stays hidden.</summary>
    public static readonly TimeSpan LongStall = TimeSpan.FromMinutes(4);

    public static Fault None => default;
}

/// <summary>Faults at calls that are named by their numbers: one for the exhaustive runs, some for regressions.</summary>
public sealed class ChosenFaults(IReadOnlyDictionary<int, FaultMode> faults) : FaultPlan
{
    public ChosenFaults(int call, FaultMode mode) : this(new Dictionary<int, FaultMode> { [call] = mode }) { }

    public override Fault Next(in PortCall call, DateTimeOffset now) =>
        faults.TryGetValue(call.Number, out FaultMode mode) ? new Fault(mode, Fault.LongStall) : Fault.None;
}
