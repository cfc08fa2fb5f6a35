namespace Penstock.Simulation.Faults;

/// <summary>
/// Faults by chance: single ones at a rate that the seed chooses; bursts in which one kind of call, or every call, fails again and
/// again for some minutes; and now and then one kind of document that can't be written for a while, always in the same way.
/// </summary>
public sealed class ChanceFaults : FaultPlan
{
    private static readonly double[] s_rates = [0, 0.002, 0.005, 0.01, 0.02, 0.05];
    private static readonly CallKind[] s_kinds = Enum.GetValues<CallKind>();
    private static readonly string[] s_documents = ["/run.json", "/run.json", "/stream.json", "/slice-", "/progress-", "/batch-", "state/cursors/", "state/budgets/", "raw/"];
    private static readonly FaultMode[] s_writes = [FaultMode.Before, FaultMode.Before, FaultMode.After, FaultMode.Lost, FaultMode.KillBefore, FaultMode.KillAfter];
    private readonly Random _chance;
    private readonly double _rate;
    private readonly List<Burst> _bursts = [];
    private readonly (Burst Time, string Name, FaultMode Mode)? _document;

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

        if (chance.Next(3) == 0)
        {
            // Rather late than early: what is still broken when the faults are over must mend itself.
            DateTimeOffset from = start + (duration * Math.Sqrt(chance.NextDouble()));
            var time = new Burst(from, from + TimeSpan.FromSeconds(chance.Next(30, 400)), null, 0.9);
            _document = (time, s_documents[chance.Next(s_documents.Length)], s_writes[chance.Next(s_writes.Length)]);
        }
    }

    public override Fault Next(in PortCall call, DateTimeOffset now)
    {
        CallKind kind = call.Kind;
        double rate = _rate;
        if (_document is var (time, name, mode) && time.IsOn(now) && kind is CallKind.Put or CallKind.Replace
            && call.Name.Contains(name, StringComparison.Ordinal) && _chance.NextDouble() < time.Rate)
            return new Fault(mode, Stall());
        foreach (Burst burst in _bursts)
        {
            if (burst.IsOn(now) && (burst.Kind is null || burst.Kind == kind))
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

    private sealed record Burst(DateTimeOffset From, DateTimeOffset To, CallKind? Kind, double Rate)
    {
        public bool IsOn(DateTimeOffset now) => From <= now && now < To;
    }
}
