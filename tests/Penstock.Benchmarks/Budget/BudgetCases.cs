using Penstock.Connectors.Budgets;
using Penstock.Simulator;
using Penstock.Testing.Budgets;
using Quota = Penstock.Simulator.Quota;

namespace Penstock.Benchmarks.Budget;

/// <summary>A limit, and how workers come to know it.</summary>
/// <param name="Name">For people.</param>
/// <param name="IsDeclared">Whether the workers know it from the beginning.</param>
/// <param name="Trial">The trial.</param>
internal sealed record BudgetCase(string Name, bool IsDeclared, BudgetTrial Trial)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly RateLimitHeaderOptions Silent = new() { RetryAfter = RetryAfterForm.None };
    private static readonly RateLimitHeaderOptions RetryAfter = new();

    /// <summary>The windows that aren't judged: one is used up at its beginning where a limit is declared, two are for learning.</summary>
    public int WarmUp => IsDeclared ? 1 : 2;

    /// <summary>Every case that is measured.</summary>
    public static IReadOnlyList<BudgetCase> All { get; } =
    [
        Declared("declared, 600 in any minute", new Quota.MovingWindow(600, Minute)),
        Declared("declared, 600 in each minute", new Quota.FixedWindow(600, Minute)),
        Declared("declared, 20 in any second", new Quota.MovingWindow(20, TimeSpan.FromSeconds(1))),
        Backfill(Declared("declared, 3,000 in any hour, backfill", new Quota.MovingWindow(3000, TimeSpan.FromHours(1)))),
        Learnt("RateLimit fields, fixed", new Quota.FixedWindow(600, Minute), new() { StructuredFields = true }),
        Learnt("RateLimit fields, moving", new Quota.MovingWindow(600, Minute), new() { StructuredFields = true }),
        Learnt("RateLimit-*, fixed", new Quota.FixedWindow(600, Minute), new() { Separate = true }),
        Learnt("X-RateLimit-*, seconds, moving", new Quota.MovingWindow(600, Minute), new() { XRateLimit = ResetForm.DeltaSeconds }),
        Learnt("X-RateLimit-*, epoch s, clock ahead 5 min", new Quota.FixedWindow(600, Minute), new() { XRateLimit = ResetForm.EpochSeconds, ClockAhead = TimeSpan.FromMinutes(5) }),
        Learnt("X-RateLimit-*, epoch ms, bucket", new Quota.TokenBucket(600, 10), new() { XRateLimit = ResetForm.EpochMilliseconds }),
        Learnt("X-RateLimit-*, ISO, fixed", new Quota.FixedWindow(600, Minute), new() { XRateLimit = ResetForm.Iso }),
        Learnt("Retry-After only, fixed", new Quota.FixedWindow(600, Minute), RetryAfter),
        Learnt("Retry-After only, moving", new Quota.MovingWindow(600, Minute), RetryAfter),
        Learnt("429 only, fixed", new Quota.FixedWindow(600, Minute), Silent),
        Learnt("429 only, moving", new Quota.MovingWindow(600, Minute), Silent),
        Learnt("429 only, 20 in any second", new Quota.MovingWindow(20, TimeSpan.FromSeconds(1)), Silent),
    ];

    /// <summary>The trial for so many workers; one alone must be quick enough to use the quota up.</summary>
    public BudgetTrial With(int workers)
    {
        TimeSpan enough = Trial.Window / new TrialResult(Trial, [], default, default, 0).Limit / 2;
        return Trial with { Workers = workers, Latency = workers == 1 && enough < Trial.Latency ? enough : Trial.Latency };
    }

    private static BudgetCase Declared(string name, Quota quota)
    {
        var trial = new BudgetTrial { Quota = quota, Headers = Silent };
        var rate = new CallRate(quota is Quota.FixedWindow window ? window.Calls : ((Quota.MovingWindow)quota).Calls, trial.Window);
        return new BudgetCase(name, true, Sized(trial with { Rules = new BudgetRules { Policies = [new CallPolicy("all", [], [rate])] } }));
    }

    private static BudgetCase Backfill(BudgetCase given) => given with { Trial = given.Trial with { Live = 0 } };

    private static BudgetCase Learnt(string name, Quota quota, RateLimitHeaderOptions headers) =>
        new(name, false, Sized(new BudgetTrial { Quota = quota, Headers = headers }));

    // Long enough for ten windows after the first two; where windows are short, calls are quick beside them.
    private static BudgetTrial Sized(BudgetTrial trial) => trial with
    {
        Windows = trial.Window >= TimeSpan.FromHours(1) ? 14 : trial.Window >= Minute ? 20 : 120,
        Latency = trial.Window < TimeSpan.FromSeconds(10) ? TimeSpan.FromMilliseconds(20) : TimeSpan.FromMilliseconds(60),
        StoreLatency = TimeSpan.FromMilliseconds(4),
    };
}
