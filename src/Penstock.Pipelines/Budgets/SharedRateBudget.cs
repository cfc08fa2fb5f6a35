using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Budgets;

/// <summary>
/// One credential's budget, shared by all workers through a blob. A worker reserves calls in batches, so that the blob is no
/// bottleneck, and tells what it learned when it reserves next — at once if it was refused.
/// </summary>
/// <param name="documents">Where the budget is kept.</param>
/// <param name="credential">The credential's name.</param>
/// <param name="rules">The limits that the connector declares.</param>
/// <param name="time">The clock.</param>
public sealed class SharedRateBudget(DocumentStore documents, string credential, BudgetRules rules, TimeProvider time) : IRateBudget
{
    // How long reserved calls may be kept back: what a worker that dies takes with it, and how far a window is counted late.
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _exchanging = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reservation> _reserved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Wait Answer, DateTimeOffset Until)> _waits = new(StringComparer.Ordinal);
    private readonly List<Lesson> _lessons = [];

    /// <summary>The budget's document.</summary>
    public string Name { get; } = $"{BlobAreas.State}/budgets/{BlobNames.Segment(credential)}.json";

    /// <inheritdoc/>
    public async ValueTask<BudgetAnswer> AskAsync(Call call, CancellationToken cancellationToken = default)
    {
        string scope = BudgetState.KeyOf(rules, call);
        if (AnswerHere(scope) is { } answer)
            return answer;
        await _exchanging.WaitAsync(cancellationToken);
        try
        {
            return AnswerHere(scope) ?? await ReserveAsync(scope, call, cancellationToken);
        }
        finally
        {
            _exchanging.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask LearnAsync(Call call, SourceAnswer answer, CancellationToken cancellationToken = default)
    {
        bool isRefused = rules.LimitStatuses.Contains(answer.Status) || answer.Status == 503;
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            _lessons.Add(new Lesson(call, answer, now));
            string scope = BudgetState.KeyOf(rules, call);
            if (isRefused)
                _reserved.Remove(scope);
            else if (_reserved.TryGetValue(scope, out Reservation? reservation))
                reservation.Left = Math.Min(reservation.Left, LeftBy(scope, call, answer, now));
        }

        if (!isRefused)
            return;
        await _exchanging.WaitAsync(cancellationToken);
        try
        {
            await ExchangeAsync(state => (state, true), cancellationToken);
        }
        finally
        {
            _exchanging.Release();
        }
    }

    // Calls that were reserved before the source told its limit must not pass it: fewer are left, the next are asked for anew.
    private int LeftBy(string scope, Call call, SourceAnswer answer, DateTimeOffset now) =>
        BudgetState.Empty.Learn(rules, call, answer, now).Scopes.TryGetValue(scope, out BudgetScope? told)
            ? told.Quotas.Values.Select(quota => quota.Remaining).DefaultIfEmpty(int.MaxValue).Min()
            : int.MaxValue;

    // What is reserved is granted without asking; who must wait needn't ask again and again what others have left.
    private BudgetAnswer? AnswerHere(string scope)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            if (_waits.TryGetValue(scope, out var wait) && wait.Until > now)
                return wait.Answer;
            if (!_reserved.TryGetValue(scope, out Reservation? reservation) || reservation.Until <= now || reservation.Left == 0)
                return null;
            reservation.Left--;
            return Granted.Instance;
        }
    }

    private async ValueTask<BudgetAnswer> ReserveAsync(string scope, Call call, CancellationToken cancellationToken)
    {
        Reservation? last;
        lock (_lock)
            _reserved.Remove(scope, out last);
        DateTimeOffset asked = time.GetUtcNow();
        TimeSpan lifetime = BudgetState.LifetimeOf(rules, call, LongestLifetime);
        bool isFirst = true;
        (BudgetAnswer answer, Reservation reservation) = await ExchangeAsync(
            state =>
            {
                // Given back at the first try only: of a write whose answer was lost, it isn't known whether it counts.
                if (last is not null && isFirst)
                    state = state.Return(rules, call, last.Until, last.Left);
                isFirst = false;
                DateTimeOffset now = time.GetUtcNow();
                (BudgetAnswer given, int calls, BudgetState next) = state.Reserve(rules, call, now, now + lifetime, last?.NextSize(asked) ?? 1);
                return (next, (given, new Reservation(calls, now, now + lifetime)));
            },
            cancellationToken);
        // Only now are the calls ours: a try whose write met another worker's has reserved nothing.
        DateTimeOffset latest = time.GetUtcNow() + LongestLifetime;
        lock (_lock)
        {
            if (answer is Wait wait)
                _waits[scope] = (wait, wait.Until < latest ? wait.Until : latest);
            else
                _reserved[scope] = reservation;
        }

        return answer;
    }

    // Only one exchange at a time in this process; other processes are met at the ETag.
    private async ValueTask<T> ExchangeAsync<T>(Func<BudgetState, (BudgetState Next, T Result)> change, CancellationToken cancellationToken)
    {
        Lesson[] lessons;
        lock (_lock)
            lessons = [.. _lessons];
        T result = default!;
        await documents.ChangeAsync<BudgetState>(
            Name,
            current =>
            {
                BudgetState state = lessons.Aggregate(
                    current ?? BudgetState.Empty, (known, lesson) => known.Learn(rules, lesson.Call, lesson.Answer, lesson.At));
                (state, result) = change(state);
                return state;
            },
            cancellationToken);
        lock (_lock)
            _lessons.RemoveRange(0, lessons.Length);
        return result;
    }

    private sealed record Lesson(Call Call, SourceAnswer Answer, DateTimeOffset At);

    private sealed class Reservation(int calls, DateTimeOffset from, DateTimeOffset until)
    {
        private const int Largest = 256;

        // The first is made at once.
        public int Left { get; set; } = calls - 1;

        public DateTimeOffset Until { get; } = until;

        /// <summary>As many as are made within a lifetime, to judge by the last ones; at most twice as many as before.</summary>
        public int NextSize(DateTimeOffset now)
        {
            double lifetime = (Until - from).TotalSeconds;
            double seconds = Math.Clamp((now - from).TotalSeconds, lifetime / 1000, lifetime);
            double perLifetime = (calls - Left) / seconds * lifetime;
            return (int)Math.Clamp(perLifetime * 0.9, 1, Math.Min(calls * 2, Largest));
        }
    }
}
