using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Tests.Budgets;

/// <summary>What a budget makes of a store that is slow, that fails, or where others write.</summary>
public class BudgetStoreTests : SharedBudgetFixture
{
    [Fact]
    public async Task calls_are_not_granted_before_their_reservation_is_stored()
    {
        SharedRateBudget? budget = null;
        bool? wasGranted = null;
        var store = new OverwrittenBlobStore(Blobs) { Before = () =>
        {
            if (wasGranted is null)
                wasGranted = budget!.AskAsync(Call).AsTask().IsCompleted;
        } };
        budget = Worker(Declared, store);
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
        var store = new OverwrittenBlobStore(Blobs) { Before = () =>
        {
            if (isRefused)
                refusal ??= budget!.LearnAsync(Call, new SourceAnswer(429, new Dictionary<string, string> { ["retry-after"] = "20" })).AsTask();
        } };
        budget = Worker(Declared, store);
        for (int i = 0; i < 7; i++)
            Assert.IsType<Granted>(await budget.AskAsync(Call));
        isRefused = true;
        Assert.IsType<Wait>(await budget.AskAsync(Call)); // It has reserved some, and has heard of the refusal before it had them.
        await refusal!;
        Assert.IsType<Wait>(await budget.AskAsync(Call));
    }

    [Fact]
    public async Task a_write_whose_answer_was_lost_takes_its_calls_once()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(3, TimeSpan.FromHours(1))])] };
        // The store says that somebody else wrote first, though the write was stored: as an SDK does that sends it again.
        var lossy = new OverwrittenBlobStore(Blobs);
        var budget = Worker(rules, lossy);
        Assert.IsType<Granted>(await budget.AskAsync(Call));
        lossy.After = _ => PutConflict.Instance;
        Assert.IsType<Granted>(await budget.AskAsync(Call));
        Assert.IsType<Granted>(await budget.AskAsync(Call));
        Assert.IsType<Wait>(await budget.AskAsync(Call));
    }

    [Fact]
    public async Task calls_are_not_given_back_twice_if_the_store_fails_after_it_has_stored_that_they_were()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(100, TimeSpan.FromHours(1))])] };
        var lossy = new OverwrittenBlobStore(Blobs);
        using var budget = Worker(rules, lossy);
        for (int i = 0; i < 20; i++)
            Assert.IsType<Granted>(await budget.AskAsync(Call)); // It holds more.
        lossy.After = _ => throw new IOException("503");
        Time.Advance(TimeSpan.FromSeconds(2)); // They are given back, and nobody hears that it was stored.
        lossy.After = outcome => outcome;
        int made = 20;
        while (await budget.AskAsync(Call) is Granted)
            made++;
        Assert.Equal(100, made);
    }

    [Fact]
    public async Task a_grant_that_the_store_confirms_too_late_is_not_used()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(5, TimeSpan.FromSeconds(1))])] };
        var slow = new OverwrittenBlobStore(Blobs) { Before = () => Time.Advance(TimeSpan.FromSeconds(2)) };
        var budget = Worker(rules, slow);
        Assert.Contains("slow", Assert.IsType<Wait>(await budget.AskAsync(Call)).Reason, StringComparison.Ordinal);
        // It is as slow again, but now that is known.
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<Granted>(await budget.AskAsync(Call));
    }

    private sealed class OverwrittenBlobStore(IBlobStore inner) : IBlobStore
    {
        /// <summary>Called just before a document is overwritten.</summary>
        public Action Before { get; init; } = () => { };

        /// <summary>Called with what became of it; gives what is told.</summary>
        public Func<PutOutcome, PutOutcome> After { get; set; } = outcome => outcome;

        public ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default) => inner.GetAsync(name, cancellationToken);

        public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default) => inner.OpenAsync(name, cancellationToken);

        public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
            inner.PutIfAbsentAsync(name, content, cancellationToken);

        public async ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default)
        {
            Before();
            return After(await inner.PutIfMatchAsync(name, content, etag, cancellationToken));
        }

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

        public ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default) => inner.DeleteAsync(name, etag, cancellationToken);
    }
}
