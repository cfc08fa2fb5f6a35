using Penstock.Connectors.Budgets;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Backfills;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Backfills;

/// <summary>Two years in 730 daily windows beside a live increment each five minutes, behind one quota, in virtual time.</summary>
public class TwoYearsTests
{
    private const int Windows = 730;
    private const int Past = Windows * 10;
    private const int CallsPerMinute = 20;
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private readonly PenstockWorld _world = new(new ScriptedStream { Count = Past, WindowSize = 10, PageSize = 5 });
    private readonly List<DateTimeOffset> _calls = [];
    private readonly List<(double Share, DateTimeOffset Eta, DateTimeOffset At)> _predictions = [];
    private TimeSpan _worstLag;
    private DateTimeOffset _begun;

    private DateTimeOffset Now => _world.Time.GetUtcNow();

    private async Task<Backfill> StartAsync(string key)
    {
        var start = new StartBackfill("sample", [], DateTimeOffset.UnixEpoch, DateTimeOffset.FromUnixTimeSeconds(Past), key);
        return Assert.IsType<BackfillStarted>(await _world.Get<OperateStage>().RunAsync(start)).Backfill;
    }

    private async Task PrepareAsync()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(CallsPerMinute, TimeSpan.FromMinutes(1))])] };
        var budget = new SharedRateBudget(_world.Get<DocumentStore>(), "credential", rules, _world.Time, "worker");
        var call = new Call("GET", new Uri("https://api.example.org/numbers"), new Dictionary<string, string>());
        _world.Stream.Gate = async () =>
        {
            if (await budget.AskAsync(call) is Wait wait)
                return new ReadWaits(wait.Until, wait.Reason);
            _calls.Add(Now);
            return null;
        };
        _world.Pipelines.Pipeline = _world.Pipelines.Pipeline with { Schedule = new Every(TimeSpan.FromMinutes(5)) };
        // The live stream has come as far as the present: what lies before is the backfill's.
        await new StoredCursors(_world.Get<DocumentStore>(), "sample", "numbers").ReplaceAsync([], new Dictionary<string, string> { ["{}"] = $$"""{"updated":{{Past}}}""" });
        _begun = Now;
    }

    /// <summary>Lets a minute pass: three new records, planning, and work whenever something is due.</summary>
    private async Task PassMinuteAsync(Backfill? watched = null)
    {
        _world.Stream.Count += 3;
        await _world.PlanAsync();
        for (TimeSpan passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(1); passed += Step)
        {
            await _world.WorkAsync();
            _world.Time.Advance(Step);
        }

        if (Now - _begun > Freshness)
        {
            StreamDocument live = (await _world.Get<DocumentStore>().FindAsync<StreamDocument>(RunNames.Stream("sample", "numbers")))!.Value;
            TimeSpan lag = Now - (live.FreshUntil ?? _begun);
            _worstLag = lag > _worstLag ? lag : _worstLag;
        }

        if (watched is not null && await ProgressAsync(watched) is { Share: >= 0.1, Eta: { } eta, Share: var share })
            _predictions.Add((share.Value, eta, Now));
    }

    private async Task<BackfillProgress> ProgressAsync(Backfill backfill)
    {
        var ledger = _world.Get<BackfillLedger>();
        Backfill now = (await ledger.FindAsync(backfill.Id))!.Value;
        return await ledger.ProgressAsync(now, await ledger.RunsAsync(now));
    }

    private async Task<Run> RunAsync(Backfill backfill) => (await _world.Get<RunBook>().FindAsync("sample", "numbers", backfill.RunId))!.Value;

    private async Task<DateTimeOffset> EndAsync(Backfill backfill, bool isWatched = false)
    {
        for (int minute = 0; minute < 600; minute++)
        {
            if (await RunAsync(backfill) is { HasEnded: true } run)
                return run.EndedAt!.Value;
            await PassMinuteAsync(isWatched ? backfill : null);
        }

        throw new TimeoutException("The backfill doesn't end within ten hours.");
    }

    private async Task AssertAllIsCuratedOnceAsync()
    {
        int seen = _world.Stream.Count;
        for (int minute = 0; minute < 15; minute++)
            await PassMinuteAsync();
        string[] keys = [.. (await _world.CuratedAsync()).Split('\n').Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Empty(Enumerable.Range(0, seen).Select(n => $"{n}").Except(keys));
        Assert.True(_worstLag <= Freshness, $"Live data was {_worstLag} old; promised are {Freshness}.");
        for (int i = CallsPerMinute; i < _calls.Count; i++)
            Assert.True(_calls[i] - _calls[i - CallsPerMinute] >= TimeSpan.FromMinutes(1), $"{CallsPerMinute + 1} calls within {_calls[i] - _calls[i - CallsPerMinute]}.");
    }

    [Fact]
    public async Task live_data_stays_fresh_the_quota_is_kept_and_used_and_the_eta_is_right_from_a_tenth_on()
    {
        await PrepareAsync();
        Backfill backfill = await StartAsync("whole");
        DateTimeOffset end = await EndAsync(backfill, isWatched: true);
        Run run = await RunAsync(backfill);
        Assert.Equal((RunStatus.Completed, Windows), (run.Status, run.Slices));
        Assert.True(_predictions[0].Share < 0.15, $"The first prediction was made at {_predictions[0].Share:P0}.");
        Assert.All(_predictions, prediction =>
        {
            TimeSpan left = end - prediction.At, wrong = prediction.Eta > end ? prediction.Eta - end : end - prediction.Eta;
            Assert.True(wrong <= Max(left * 0.2, TimeSpan.FromMinutes(2)), $"At {prediction.Share:P0} {left} were left; the ETA was {wrong} wrong.");
        });
        // Two calls a window, and the live runs' beside them: it can't be much faster.
        double used = _calls.Count(at => at <= end) / ((end - _begun).TotalMinutes * CallsPerMinute);
        Assert.True(used > 0.8, $"Only {used:P0} of the quota was used.");
        await AssertAllIsCuratedOnceAsync();

        static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
    }

    [Fact]
    public async Task paused_resumed_cancelled_and_started_again_it_loses_nothing_and_live_runs_never_notice()
    {
        await PrepareAsync();
        Backfill first = await StartAsync("first");
        while ((await ProgressAsync(first)).Share is not >= 0.3)
            await PassMinuteAsync();
        await _world.Get<OperateStage>().RunAsync(new PauseBackfill(first.Id));
        await PassMinuteAsync();
        int ended = (await ProgressAsync(first)).Ended;
        for (int minute = 0; minute < 60; minute++)
            await PassMinuteAsync();
        Assert.Equal(ended, (await ProgressAsync(first)).Ended);
        await _world.Get<OperateStage>().RunAsync(new ResumeBackfill(first.Id));
        while ((await ProgressAsync(first)).Share is not >= 0.5)
            await PassMinuteAsync();
        await _world.Get<OperateStage>().RunAsync(new CancelBackfill(first.Id));
        Assert.Equal(RunStatus.Cancelled, (await RunAsync(first)).Status);

        Backfill second = await StartAsync("second");
        await EndAsync(second);
        Assert.Equal(RunStatus.Completed, (await RunAsync(second)).Status);
        await AssertAllIsCuratedOnceAsync();
    }
}
