using Penstock.Connectors.Budgets;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Ports;
using Penstock.Simulation.Hosting;
using Penstock.Simulation.Scenarios;

namespace Penstock.Simulation.Invariants;

/// <summary>
/// No call is made without a permit, nor while the source has asked to wait; a backfill makes none while live work waits for the
/// limit; who has waited for a limit finds its calls spread evenly; and in the end no permit is missing. That no limit is passed is
/// seen by the source itself.
/// </summary>
public sealed class BudgetInvariant(World world, InvariantSet set) : Invariant(world, "4 quota is kept")
{
    /// <summary>Where budgets are.</summary>
    public const string Budgets = $"{BlobAreas.State}/budgets/";

    // What was reserved before may still be called, and what isn't known exactly of a clock is counted to the safe side.
    private static readonly TimeSpan s_slack = TimeSpan.FromSeconds(3);

    // An exchange that hangs keeps others of its worker waiting.
    private static readonly TimeSpan s_hindered = TimeSpan.FromMinutes(4.5);
    private readonly List<DateTimeOffset> _calls = [];
    private int _called;
    private DateTimeOffset _refusedAt = world.Scenario.Start;
    private DateTimeOffset _refusedUntil = world.Scenario.Start;
    private readonly Dictionary<string, (DateTimeOffset Told, DateTimeOffset Until)> _liveWaits = [];
    private DateTimeOffset _scarceFrom;

    private DateTimeOffset Now => World.Time.GetUtcNow();

    // Whoever has to tell the others may be overtaken by them some times.
    private TimeSpan Slack => s_slack + (World.Wire.BudgetTime * 12);

    // Whoever dies, or can't tell the others, is excused.
    private bool IsHindered => World.Wire.BudgetHitAt > Now - s_hindered || World.DiedAt > Now - s_hindered;

    /// <summary>A worker makes a call.</summary>
    /// <param name="worker">Who.</param>
    /// <param name="isAskedToWait">Whether the source has asked it to wait.</param>
    public void Called(Worker worker, bool isAskedToWait)
    {
        _called++;
        Check(!isAskedToWait, $"{worker} calls, and the source has asked it to wait");
        Check(IsHindered || Now <= _refusedAt + Slack || Now >= _refusedUntil - s_slack, $"{worker} calls, and the source has asked at {_refusedAt:O} to wait until {_refusedUntil:O}");
        if (Shift.Current is { IsBackfill: true })
        {
            foreach ((string slice, (DateTimeOffset told, DateTimeOffset until)) in _liveWaits)
                Check(IsHindered || Now <= told + Slack || Now >= until, $"{worker} calls for a backfill, and since {told:O} {slice} waits for its turn at {until:O}");
        }

        CheckSpread(worker);
    }

    /// <summary>The source asks everybody to wait.</summary>
    public void Refused(DateTimeOffset until)
    {
        if (until > _refusedUntil)
            (_refusedAt, _refusedUntil) = (Now, until);
    }

    /// <summary>A slice begins to be read: if it is live, what waited has come again.</summary>
    public void Reads()
    {
        if (Shift.Current?.Slice is { } slice)
            _liveWaits.Remove(slice);
    }

    /// <summary>A slice has to wait.</summary>
    public void Waits(Worker worker, ReadWaits wait)
    {
        bool isForLimit = wait.Reason.Contains("the limit of", StringComparison.Ordinal);
        if (World.Scenario is not OverHttp || !(isForLimit || wait.Reason.Contains("calls are spread evenly", StringComparison.Ordinal)))
            return;
        DateTimeOffset until = wait.Until - (worker.Time.GetUtcNow() - Now);
        _scarceFrom = isForLimit ? until : _scarceFrom;
        // Who waits comes back a little later than it might, the later the longer it waits.
        if (Shift.Current is { IsBackfill: false, Slice: { } slice })
            _liveWaits[slice] = (Now, until + TimeSpan.FromSeconds(Math.Clamp((until - Now).TotalSeconds / 8, 0.5, 10)) - TimeSpan.FromSeconds(1.5));
    }

    public override async ValueTask AtEndAsync()
    {
        if (World.Scenario is not OverHttp)
            return;
        long made = 0;
        await foreach (BlobEntry budget in World.Blobs.ListAsync(Budgets))
            made += (await set.Documents.FindAsync<BudgetState>(budget.Name))!.Value.Scopes.Values.Sum(scope => scope.Made);
        // Who dies, or can't tell what it didn't use, forfeits it.
        bool isForfeited = World.Tally.Crashes > 0 || World.Wire.Hit.Exists(name => name.StartsWith(Budgets, StringComparison.Ordinal));
        Check(isForfeited ? made >= _called : made == _called, $"{_called} calls were made, and the budget has counted {made}");
    }

    // For as long as the window is, a third of it has about a third of the calls.
    private void CheckSpread(Worker worker)
    {
        if (World.Scenario is not OverHttp { Quota: { Limit: < 100 } quota })
            return;
        _calls.Add(Now);
        if (Now < _scarceFrom || Now > _scarceFrom + quota.Window)
            return;
        int together = _calls.Count(at => at >= _scarceFrom && at > Now - (quota.Window / 3));
        Check(IsHindered || together <= (quota.Limit / 3) + 2, $"{worker} makes the {together}th call within {quota.Window / 3}; {quota.Limit} in {quota.Window} are allowed, and some have waited for them until {_scarceFrom:O}");
    }
}
