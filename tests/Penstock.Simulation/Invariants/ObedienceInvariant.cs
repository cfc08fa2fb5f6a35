using Penstock.Pipelines.Runs;
using Penstock.Simulation.Hosting;
using Penstock.Simulation.Scenarios;

namespace Penstock.Simulation.Invariants;

/// <summary>
/// What people and hosts ask for is done: a paused pipeline isn't planned or read, a run that was cancelled or is held stops at its next
/// commit, a backfill has no more slices under way than was asked for, and work ends near its time limit.
/// </summary>
public sealed class ObedienceInvariant(World world, InvariantSet set) : Invariant(world, "operators and hosts are obeyed")
{
    // A reader, and another one that was about to begin when the run stopped.
    private const int MostAfterStop = 2;

    // A pause may take that long to be heard everywhere.
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, DateTimeOffset> _held = [];
    private readonly Dictionary<string, int> _batches = [];
    private readonly Dictionary<string, int> _blobs = [];
    private readonly Dictionary<string, int> _afterStop = [];
    private readonly Dictionary<string, HashSet<string>> _open = [];

    /// <summary>A slice begins to be read.</summary>
    public void Reads()
    {
        if (Shift.Current is not { } shift)
            return;
        CheckPause(shift, "read");
        if (shift.Run is { } run && _held.TryGetValue(run, out DateTimeOffset since))
            Check(since >= shift.BeganAt, $"{run} is held since {since:O}, and is read by work that began later");
    }

    /// <summary>An operator was told that a backfill is paused.</summary>
    public async Task PausedAsync(string run)
    {
        Run held = (await set.Documents.FindAsync<Run>(RunNames.Run(World.Scenario.Pipeline.Name, World.Scenario.PulledStream!, run)))!.Value;
        Check(held.IsHeld || held.HasEnded, $"{run} was paused and isn't held");
    }

    /// <summary>A page was read.</summary>
    public void HasRead(Worker worker)
    {
        if (Shift.Current is { } shift && worker.Time.GetUtcNow() >= shift.Deadline)
            Check(shift.LatePages++ == 0, $"{worker} goes on reading after its deadline, {shift.Deadline:O}");
    }

    /// <summary>An operator was told that the cursors are set.</summary>
    public void CursorsSet(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> set) =>
        Check(wanted.Count == set.Count && wanted.All(one => set.GetValueOrDefault(one.Key) == one.Value), $"the cursors were to be {string.Join(", ", wanted)}, and are {string.Join(", ", set)}");

    public override ValueTask WrittenAsync(string name)
    {
        if (name.EndsWith("/run.json", StringComparison.Ordinal))
            Note(set.Runs.Runs[name]);
        else if (name.Contains("/slice-", StringComparison.Ordinal) && set.Runs.Runs.TryGetValue($"{name[..name.LastIndexOf('/')]}/run.json", out Run? run))
            CheckSlice(name, run, set.Slices.Slices[name]);
        return ValueTask.CompletedTask;
    }

    private void Note(Run run)
    {
        CheckPlan(run);
        if (run.IsHeld)
            _held.TryAdd(run.Id, World.Time.GetUtcNow());
        else if (_held.Remove(run.Id))
            _afterStop.Clear();
    }

    private void CheckPlan(Run run)
    {
        bool isNew = _batches.TryAdd(run.Id, 0);
        bool isPlanned = run.Batches > _batches[run.Id];
        _batches[run.Id] = run.Batches;
        if (Shift.Current is not { } shift || !(isNew || isPlanned))
            return;
        // A run that was begun before the pause may be written after it.
        if (isPlanned || run.CreatedAt > Later(World.Catalog.PausedSince, World.Expectations.PausedSince)?.AddSeconds(Scenario.MostSkew + 1))
            CheckPause(shift, "planned");
        if (isPlanned && _held.TryGetValue(run.Id, out DateTimeOffset since))
            Check(since >= shift.BeganAt, $"{run.Id} is held since {since:O}, and is planned by work that began later");
    }

    private void CheckPause(Shift shift, string done)
    {
        Check(!(World.Catalog.PausedSince < shift.BeganAt), $"the pipeline is paused since {World.Catalog.PausedSince:O}, and is {done} by work that began later");
        Check(
            !(World.Expectations.PausedSince + s_freshness < shift.BeganAt),
            $"an operator has paused the pipeline at {World.Expectations.PausedSince:O}, and it is {done} by work that began later");
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private void CheckSlice(string name, Run run, SliceDocument slice)
    {
        bool hasNew = slice.Blobs.Count > _blobs.GetValueOrDefault(name);
        _blobs[name] = slice.Blobs.Count;
        if (hasNew && (run.HasEnded || run.IsHeld))
        {
            int after = _afterStop[name] = _afterStop.GetValueOrDefault(name) + 1;
            Check(after <= MostAfterStop, $"{run.Id} is {(run.HasEnded ? run.Status : "held")}, and {name} has landed {after} more blobs");
        }

        if (run.Lanes is not { } lanes)
            return;
        HashSet<string> open = _open.TryGetValue(run.Id, out var known) ? known : _open[run.Id] = [];
        if (slice.Status == SliceStatus.Open)
            open.Add(name);
        else
            open.Remove(name);
        Check(open.Count <= lanes, $"{open.Count} slices of {run.Id} are under way; {lanes} were asked for");
    }
}
