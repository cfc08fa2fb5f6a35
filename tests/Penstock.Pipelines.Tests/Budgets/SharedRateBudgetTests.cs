using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Sources;
using Penstock.Testing;

namespace Penstock.Pipelines.Tests.Budgets;

/// <summary>Workers, each with a budget of its own over one blob, against a source that counts.</summary>
public class SharedRateBudgetTests
{
    private static readonly Call Call = new("GET", new Uri("https://api.example.com/things"), new Dictionary<string, string>());
    private static readonly BudgetRules Declared = new() { Policies = [new CallPolicy("all", [], [new CallRate(600, TimeSpan.FromMinutes(1))])] };
    private readonly ManualTimeProvider _time = new();
    private readonly MemoryBlobStore _blobs;
    private int _workers;

    public SharedRateBudgetTests() => _blobs = new MemoryBlobStore(_time);

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(64)]
    public async Task all_workers_together_keep_a_declared_limit_and_use_it(int workers)
    {
        (int made, int mostInAMinute) = await WorkAsync(workers, Declared, minutes: 5, _ => new SourceAnswer(200, new Dictionary<string, string>()));
        Assert.True(mostInAMinute <= 600, $"{mostInAMinute} calls in a minute");
        Assert.True(made >= 0.95 * 5 * 600, $"only {made} calls of {5 * 600}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(64)]
    public async Task a_limit_of_calls_in_a_second_is_kept_and_used_too(int workers)
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(20, TimeSpan.FromSeconds(1))])] };
        SharedRateBudget[] budgets = [.. Enumerable.Range(0, workers).Select(_ => Worker(rules))];
        var calls = new List<DateTimeOffset>();
        DateTimeOffset end = _time.GetUtcNow().AddSeconds(30);
        for (int turn = 0; _time.GetUtcNow() < end; turn++)
        {
            for (int i = 0; i < workers; i++)
            {
                if (await budgets[(i + turn) % workers].AskAsync(Call) is Granted)
                    calls.Add(_time.GetUtcNow());
            }

            _time.Advance(TimeSpan.FromMilliseconds(2));
        }

        int most = calls.Select((first, i) => calls.Skip(i).TakeWhile(call => call - first < TimeSpan.FromSeconds(1)).Count()).Max();
        Assert.True(most <= 20, $"{most} calls in a second");
        Assert.True(calls.Count >= 0.95 * 30 * 20, $"only {calls.Count} calls of {30 * 20}");
    }

    [Fact]
    public async Task a_refusal_of_one_worker_stops_all_until_the_source_allows_calls_again()
    {
        SharedRateBudget one = Worker(BudgetRules.None);
        SharedRateBudget other = Worker(BudgetRules.None);
        Assert.IsType<Granted>(await one.AskAsync(Call));
        await one.LearnAsync(Call, new SourceAnswer(429, new Dictionary<string, string> { ["retry-after"] = "30" }));
        var wait = Assert.IsType<Wait>(await other.AskAsync(Call));
        Assert.Equal(_time.GetUtcNow().AddSeconds(30.001), wait.Until);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.IsType<Granted>(await other.AskAsync(Call));
    }

    [Fact]
    public async Task calls_that_a_dead_worker_had_reserved_come_back()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(10, TimeSpan.FromSeconds(10))])] };
        SharedRateBudget dead = Worker(rules);
        for (int i = 0; i < 3; i++)
            await dead.AskAsync(Call); // It holds some more when it dies.
        SharedRateBudget alive = Worker(rules);
        _time.Advance(TimeSpan.FromSeconds(12));
        for (int i = 0; i < 10; i++)
            Assert.IsType<Granted>(await alive.AskAsync(Call));
        Assert.IsType<Wait>(await alive.AskAsync(Call));
    }

    [Fact]
    public async Task calls_reserved_before_the_source_told_its_limit_do_not_pass_it()
    {
        SharedRateBudget budget = Worker(BudgetRules.None);
        for (int i = 0; i < 40; i++)
        {
            Assert.IsType<Granted>(await budget.AskAsync(Call));
            await budget.LearnAsync(Call, new SourceAnswer(200, new Dictionary<string, string>()));
        }

        for (int i = 0; i < 8; i++)
            Assert.IsType<Granted>(await budget.AskAsync(Call)); // The eighth comes out of a batch that holds more.
        await budget.LearnAsync(Call, new SourceAnswer(200, new Dictionary<string, string> { ["ratelimit-policy"] = "\"all\";q=10;w=60", ["ratelimit"] = "\"all\";r=2;t=60" }));
        Assert.IsType<Granted>(await budget.AskAsync(Call));
        Assert.IsType<Granted>(await budget.AskAsync(Call));
        await budget.LearnAsync(Call, new SourceAnswer(200, new Dictionary<string, string> { ["ratelimit-policy"] = "\"all\";q=10;w=60", ["ratelimit"] = "\"all\";r=0;t=60" }));
        Assert.IsType<Wait>(await budget.AskAsync(Call));
    }

    [Fact]
    public async Task calls_are_not_granted_before_their_reservation_is_stored()
    {
        SharedRateBudget? budget = null;
        bool? wasGranted = null;
        var store = new MeddlingBlobStore(_blobs, () =>
        {
            if (wasGranted is null)
                wasGranted = budget!.AskAsync(Call).AsTask().IsCompleted;
        });
        budget = new SharedRateBudget(new DocumentStore(store), "secrets.key", Declared, _time, "worker");
        await budget.AskAsync(Call);
        await budget.AskAsync(Call); // It reserves two, the second for whoever asks next.
        Assert.False(wasGranted);
    }

    [Fact]
    public async Task calls_reserved_while_the_source_refuses_another_are_not_made()
    {
        SharedRateBudget? budget = null;
        Task? refusal = null;
        bool isRefused = false;
        var store = new MeddlingBlobStore(_blobs, () =>
        {
            if (isRefused)
                refusal ??= budget!.LearnAsync(Call, new SourceAnswer(429, new Dictionary<string, string> { ["retry-after"] = "20" })).AsTask();
        });
        budget = new SharedRateBudget(new DocumentStore(store), "secrets.key", Declared, _time, "worker");
        for (int i = 0; i < 7; i++)
            Assert.IsType<Granted>(await budget.AskAsync(Call));
        isRefused = true;
        Assert.IsType<Granted>(await budget.AskAsync(Call)); // It reserves more than this one.
        await refusal!;
        Assert.IsType<Wait>(await budget.AskAsync(Call));
    }

    [Fact]
    public async Task unused_calls_come_back_when_their_time_is_over()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(100, TimeSpan.FromHours(1))])] };
        SharedRateBudget idle = Worker(rules);
        for (int i = 0; i < 20; i++)
            await idle.AskAsync(Call); // It holds more, and then has nothing left to do.
        _time.Advance(TimeSpan.FromSeconds(2));
        SharedRateBudget other = Worker(rules);
        int made = 0;
        while (await other.AskAsync(Call) is Granted)
            made++;
        Assert.Equal(80, made);
    }

    [Fact]
    public async Task a_pause_reaches_every_worker_and_ends()
    {
        SharedRateBudget worker = Worker(Declared);
        var ledger = new BudgetLedger(new DocumentStore(_blobs), _blobs, _time);
        BudgetReport paused = (await ledger.SetPauseAsync("secrets.key", new BudgetPause(null, "the vendor migrates"), "open"))!;
        Assert.Contains("the vendor migrates", Assert.IsType<Wait>(await worker.AskAsync(Call)).Reason, StringComparison.Ordinal);
        Assert.Equal("the vendor migrates", (await ledger.FindAsync("secrets.key"))!.Paused!.Reason);
        Assert.Null(await ledger.SetPauseAsync("secrets.key", null, "open"));
        Assert.Null((await ledger.SetPauseAsync("secrets.key", null, paused.Version))!.Paused);
        Assert.Null((await ledger.SetPauseAsync("secrets.key", null, null))!.Paused);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<Granted>(await worker.AskAsync(Call));
    }

    [Fact]
    public async Task once_its_host_is_gone_a_budget_writes_nothing_any_more()
    {
        // A command's data folder was removed, and a second later the budget wrote into it what it gave back.
        var budgets = new CredentialBudgets(new DocumentStore(_blobs), new RandomIdSource(new Random(1)), _time);
        IRateBudget worker = budgets.For("secrets.key", Declared);
        for (int i = 0; i < 3; i++)
            Assert.IsType<Granted>(await worker.AskAsync(Call));
        string before = (await _blobs.ListAsync("state/budgets/").SingleAsync()).ETag;
        await budgets.DisposeAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(before, (await _blobs.ListAsync("state/budgets/").SingleAsync()).ETag);
    }

    [Fact]
    public async Task what_a_budget_knows_is_shown()
    {
        SharedRateBudget worker = Worker(Declared);
        Assert.IsType<Granted>(await worker.AskAsync(Call));
        await worker.LearnAsync(Call, new SourceAnswer(429, new Dictionary<string, string> { ["retry-after"] = "30", ["x-ratelimit-limit"] = "9", ["x-ratelimit-remaining"] = "0", ["x-ratelimit-reset"] = "60" }));
        BudgetReport report = Assert.Single(await new BudgetLedger(new DocumentStore(_blobs), _blobs, _time).ListAsync().ToListAsync());
        BudgetScopeReport scope = Assert.Single(report.Scopes);
        Assert.Equal(("secrets.key", 1L, 1L, _time.GetUtcNow().AddSeconds(30)), (report.Credential, scope.Made, scope.Refused, scope.WaitsUntil));
        Assert.Equal(["declared", "header"], scope.Limits.Select(limit => limit.Source));
        Assert.Equal((600, 1, 599), (scope.Limits[0].Limit, scope.Limits[0].Used, scope.Limits[0].Remaining));
        Assert.Equal((9, 0, _time.GetUtcNow().AddSeconds(60)), (scope.Limits[1].Limit, scope.Limits[1].Remaining, scope.Limits[1].ResetAt));
    }

    [Fact]
    public async Task a_write_whose_answer_was_lost_takes_its_calls_once()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(3, TimeSpan.FromHours(1))])] };
        // The store says that somebody else wrote first, though the write was stored: as an SDK does that sends it again.
        var lossy = new LossyBlobStore(_blobs);
        var budget = new SharedRateBudget(new DocumentStore(lossy), "secrets.key", rules, _time, "worker");
        Assert.IsType<Granted>(await budget.AskAsync(Call));
        lossy.Loses = true;
        Assert.IsType<Granted>(await budget.AskAsync(Call));
        Assert.IsType<Granted>(await budget.AskAsync(Call));
        Assert.IsType<Wait>(await budget.AskAsync(Call));
    }

    [Fact]
    public async Task calls_are_not_given_back_twice_if_the_store_fails_after_it_has_stored_that_they_were()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(100, TimeSpan.FromHours(1))])] };
        var lossy = new LossyBlobStore(_blobs);
        using var budget = new SharedRateBudget(new DocumentStore(lossy), "secrets.key", rules, _time, "worker");
        for (int i = 0; i < 20; i++)
            Assert.IsType<Granted>(await budget.AskAsync(Call)); // It holds more.
        lossy.Fails = true;
        _time.Advance(TimeSpan.FromSeconds(2)); // They are given back, and nobody hears that it was stored.
        lossy.Fails = false;
        int made = 20;
        while (await budget.AskAsync(Call) is Granted)
            made++;
        Assert.Equal(100, made);
    }

    [Fact]
    public async Task a_grant_that_the_store_confirms_too_late_is_not_used()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(5, TimeSpan.FromSeconds(1))])] };
        var slow = new MeddlingBlobStore(_blobs, () => _time.Advance(TimeSpan.FromSeconds(2)));
        var budget = new SharedRateBudget(new DocumentStore(slow), "secrets.key", rules, _time, "worker");
        Assert.Contains("slow", Assert.IsType<Wait>(await budget.AskAsync(Call)).Reason, StringComparison.Ordinal);
        // It is as slow again, but now that is known.
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<Granted>(await budget.AskAsync(Call));
    }

    // Every worker makes as many calls as it may; steps of 50 ms.
    private async Task<(int Made, int MostInAMinute)> WorkAsync(int workers, BudgetRules rules, int minutes, Func<int, SourceAnswer> source)
    {
        SharedRateBudget[] budgets = [.. Enumerable.Range(0, workers).Select(_ => Worker(rules))];
        var calls = new List<DateTimeOffset>();
        DateTimeOffset end = _time.GetUtcNow().AddMinutes(minutes);
        while (_time.GetUtcNow() < end)
        {
            foreach (SharedRateBudget budget in budgets)
            {
                if (await budget.AskAsync(Call) is not Granted)
                    continue;
                calls.Add(_time.GetUtcNow());
                await budget.LearnAsync(Call, source(calls.Count));
            }

            _time.Advance(TimeSpan.FromMilliseconds(50));
        }

        int most = 0;
        for (int first = 0, last = 0; last < calls.Count; last++)
        {
            while (calls[last] - calls[first] >= TimeSpan.FromMinutes(1))
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return (calls.Count, most);
    }

    private SharedRateBudget Worker(BudgetRules rules) => new(new DocumentStore(_blobs), "secrets.key", rules, _time, $"worker{++_workers}");

    private sealed class LossyBlobStore(IBlobStore inner) : IBlobStore
    {
        public bool Loses { get; set; }

        public bool Fails { get; set; }

        public ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default) => inner.GetAsync(name, cancellationToken);

        public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default) => inner.OpenAsync(name, cancellationToken);

        public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
            inner.PutIfAbsentAsync(name, content, cancellationToken);

        public async ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default)
        {
            PutOutcome outcome = await inner.PutIfMatchAsync(name, content, etag, cancellationToken);
            if (Fails)
                throw new IOException("503");
            return Loses ? PutConflict.Instance : outcome;
        }

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

        public ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default) => inner.DeleteAsync(name, etag, cancellationToken);
    }

    // Does something just before a document is overwritten.
    private sealed class MeddlingBlobStore(IBlobStore inner, Action meddle) : IBlobStore
    {
        public ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default) => inner.GetAsync(name, cancellationToken);

        public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default) => inner.OpenAsync(name, cancellationToken);

        public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
            inner.PutIfAbsentAsync(name, content, cancellationToken);

        public ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default)
        {
            meddle();
            return inner.PutIfMatchAsync(name, content, etag, cancellationToken);
        }

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

        public ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default) => inner.DeleteAsync(name, etag, cancellationToken);
    }
}
