using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Memory;
using Penstock.Simulator;

namespace Penstock.Testing.Budgets;

/// <summary>Eager workers, each with its own view of one shared budget, against a source that meters them; in virtual time.</summary>
public sealed record BudgetTrial
{
    private static readonly Call Call = new("GET", new Uri("https://api.example.com/things"), new Dictionary<string, string>());

    /// <summary>The limit that is measured; the source has others beside it if <see cref="Others"/> says so.</summary>
    public required Simulator.Quota Quota { get; init; }

    /// <summary>More limits of the source.</summary>
    public IReadOnlyList<Simulator.Quota> Others { get; init; } = [];

    /// <summary>How the source tells of its limits.</summary>
    public RateLimitHeaderOptions Headers { get; init; } = new() { RetryAfter = RetryAfterForm.None };

    /// <summary>What the workers know from the beginning.</summary>
    public BudgetRules Rules { get; init; } = BudgetRules.None;

    /// <summary>How many workers there are.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>How many of them do live work, in turn with <see cref="LiveBreak"/>; the others do backfills. All by default.</summary>
    public int? Live { get; init; }

    /// <summary>When live workers begin, after the others; at once by default.</summary>
    public TimeSpan LiveFrom { get; init; }

    /// <summary>How long it lasts, in windows of the quota.</summary>
    public int Windows { get; init; } = 12;

    /// <summary>How long a call is on its way and answered, from half as long to half as long again.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(60);

    /// <summary>How far clocks of workers are off: each by another part of it, up to its whole.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>How long a store takes for each exchange, from half as long to half as long again; no time by default.</summary>
    public TimeSpan StoreLatency { get; init; }

    /// <summary>Workers die with what they hold and are replaced, each this often; never by default.</summary>
    public TimeSpan? Life { get; init; }

    /// <summary>Chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The length of the window that is measured.</summary>
    public TimeSpan Window => Quota switch
    {
        Simulator.Quota.FixedWindow quota => quota.Window,
        Simulator.Quota.MovingWindow quota => quota.Window,
        Simulator.Quota.TokenBucket quota => TimeSpan.FromSeconds(quota.Capacity / quota.PerSecond),
        _ => TimeSpan.FromSeconds(10),
    };

    /// <summary>Runs it.</summary>
    public TrialResult Run()
    {
        var time = new ManualTimeProvider();
        // Windows of sources and ours begin at different times.
        time.Advance(Window * 0.37);
        var source = new TrialSource([Quota, .. Others], Headers, time);
        var blobs = new SlowBlobStore(new MemoryBlobStore(time), time, StoreLatency, new Random(Seed));
        DateTimeOffset start = time.GetUtcNow();
        DateTimeOffset end = start + (Window * Windows);
        var workers = Enumerable.Range(0, Workers).Select(worker => (Func<Task>)(() => WorkAsync(worker, source, blobs, time, end))).ToList();
        new VirtualLoop(time).Run(workers);
        return new TrialResult(this, source.Calls, start, end, blobs.Exchanges);
    }

    private async Task WorkAsync(int worker, TrialSource source, SlowBlobStore blobs, ManualTimeProvider time, DateTimeOffset end)
    {
        var chance = new Random(HashCode.Combine(Seed, worker) & int.MaxValue);
        bool isLive = worker < (Live ?? Workers);
        WorkPriority.Current = isLive ? CallPriority.Live : CallPriority.Backfill;
        var clock = new SkewedTimeProvider(time, Workers == 1 ? Skew : Skew * (((2.0 * worker) / (Workers - 1)) - 1));
        if (isLive && LiveFrom > TimeSpan.Zero)
            await Task.Delay(LiveFrom, time);
        for (int life = 0; time.GetUtcNow() < end; life++)
        {
            DateTimeOffset death = Life is { } expected ? time.GetUtcNow() + (expected * (0.5 + chance.NextDouble())) : end;
            // One that dies is never heard of again, with all it holds.
            var budget = new SharedRateBudget(new DocumentStore(blobs), "secrets.key", Rules, clock, $"worker{worker}x{life}");
            while (time.GetUtcNow() is var now && now < end && now < death)
            {
                if (await budget.AskAsync(Call) is Wait wait)
                {
                    TimeSpan waiting = wait.Until - clock.GetUtcNow();
                    await Task.Delay(waiting > TimeSpan.FromMilliseconds(1) ? waiting : TimeSpan.FromMilliseconds(1), time);
                    continue;
                }

                await Task.Delay(Latency * (0.25 + (chance.NextDouble() / 2)), time);
                SourceAnswer answer = await source.ReceiveAsync(worker, isLive, Latency * (0.25 + (chance.NextDouble() / 2)));
                if (time.GetUtcNow() < death)
                    await budget.LearnAsync(Call, answer);
            }

            budget.Dispose();
        }
    }
}
