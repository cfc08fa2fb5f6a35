namespace Penstock.Simulation.Faults;

/// <summary>
/// Faults by chance: single ones at a rate that the seed chooses, and bursts in which one kind of call, or every call, fails
/// again and again for some minutes.
/// </summary>
public sealed class ChanceFaults : FaultPlan
{
    private static readonly double[] s_rates = [0, 0.002, 0.005, 0.01, 0.02, 0.05];
    private static readonly CallKind[] s_kinds = Enum.GetValues<CallKind>();
    private readonly Random _chance;
    private readonly double _rate;
    private readonly List<Burst> _bursts = [];

    public ChanceFaults(Random chance, DateTimeOffset start, TimeSpan duration)
    {
        _chance = chance;
        _rate = s_rates[chance.Next(s_rates.Length)];
        for (int i = chance.Next(4); i > 0; i--)
        {
            DateTimeOffset from = start + (duration * chance.NextDouble());
            CallKind? kind = chance.Next(4) == 0 ? null : s_kinds[chance.Next(s_kinds.Length)];
            _bursts.Add(new Burst(from, from + TimeSpan.FromSeconds(chance.Next(10, 240)), kind, 0.1 + (chance.NextDouble() * 0.8)));
        }
    }

    public override Fault Next(in PortCall call, DateTimeOffset now)
    {
        CallKind kind = call.Kind;
        double rate = _rate;
        foreach (Burst burst in _bursts)
        {
            if (burst.From <= now && now < burst.To && (burst.Kind is null || burst.Kind == kind))
                rate = Math.Max(rate, burst.Rate);
        }

        if (rate == 0 || _chance.NextDouble() >= rate)
            return Fault.None;
        IReadOnlyList<FaultMode> modes = FaultModes.Of(kind);
        return new Fault(modes[_chance.Next(modes.Count)], Stall());
    }

    private TimeSpan Stall() => _chance.Next(3) switch
    {
        0 => TimeSpan.FromSeconds(_chance.Next(1, 60)),
        1 => TimeSpan.FromSeconds(_chance.Next(90, 170)),
        _ => Fault.LongStall,
    };

    private sealed record Burst(DateTimeOffset From, DateTimeOffset To, CallKind? Kind, double Rate);
}
