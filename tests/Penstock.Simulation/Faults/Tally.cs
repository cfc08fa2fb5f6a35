namespace Penstock.Simulation.Faults;

/// <summary>What was tried: added up over all runs and printed.</summary>
public sealed class Tally
{
    private readonly Lock _lock = new();

    public long Runs { get; set; }

    public long Calls { get; set; }

    public long Faults { get; set; }

    public long Crashes { get; set; }

    public long Deliveries { get; set; }

    public long Records { get; set; }

    public TimeSpan Simulated { get; set; }

    /// <summary>Adds a run's tally.</summary>
    public void Add(Tally other)
    {
        lock (_lock)
        {
            Runs += other.Runs;
            Calls += other.Calls;
            Faults += other.Faults;
            Crashes += other.Crashes;
            Deliveries += other.Deliveries;
            Records += other.Records;
            Simulated += other.Simulated;
        }
    }

    public override string ToString() =>
        $"{Runs:N0} runs, {Calls:N0} calls, {Faults:N0} faults, {Crashes:N0} crashes, {Deliveries:N0} deliveries, {Records:N0} records, {Simulated.TotalDays:N0} simulated days";
}
