using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Documents;

namespace Penstock.Pipelines.Budgets;

/// <summary>
/// One credential's budget, shared by all workers through a blob. A worker reserves calls in batches, so that the blob is no
/// bottleneck; with the next batch it tells what it learned, and gives back what it didn't use — at once if others wait for it.
/// </summary>
public sealed class SharedRateBudget : IRateBudget, IDisposable, IAsyncDisposable
{
    // How long reserved calls may be kept back: what a worker that dies takes with it, and how far a window is counted late.
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestDoubted = TimeSpan.FromSeconds(10);
    private readonly BudgetRules _rules;
    private readonly string _credential;
    private readonly string _worker;
    private readonly TimeProvider _time;
    private readonly StoreClock _clock;
    private readonly BudgetDocument _document;
    private readonly ITimer _givingBack;
    private Task _gaveBack = Task.CompletedTask;
    private readonly SemaphoreSlim _exchanging = new(1, 1);

    // What is in hand and what is untold change together: a refusal must meet every call that is reserved.
    private readonly Lock _lock = new();
    private readonly CallsInHand _inHand;
    private readonly Untold _untold;
    private BudgetState _known = BudgetState.Empty;

    // How long exchanges took lately, by our clock: the store's is known better with each of them. What is granted must still be good when the store has answered.
    private TimeSpan _slowest;

    /// <summary>Makes a worker's view of a credential's budget.</summary>
    /// <param name="documents">Where the budget is kept.</param>
    /// <param name="credential">The credential's name.</param>
    /// <param name="rules">The limits that are declared.</param>
    /// <param name="time">The clock.</param>
    /// <param name="worker">Names this worker among all that there are and ever were.</param>
    public SharedRateBudget(DocumentStore documents, string credential, BudgetRules rules, TimeProvider time, string worker)
    {
        (_credential, _rules, _worker, _time) = (credential, rules, worker, time);
        _clock = new StoreClock(time, DoubtOf(rules));
        _document = new BudgetDocument(documents, credential, worker, _clock, time);
        _inHand = new CallsInHand(_clock, LongestLifetime);
        _untold = new Untold(rules, worker);
        _givingBack = time.CreateTimer(_ => _gaveBack = Task.WhenAll(_gaveBack, GiveBackAsync()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public async ValueTask<BudgetAnswer> AskAsync(Call call, CancellationToken cancellationToken = default)
    {
        CallPriority priority = WorkPriority.Current;
        string key = BudgetState.KeyOf(_rules, call);
        if (AnswerHere(key, priority) is { } answer)
            return Told(answer, priority);
        await _exchanging.WaitAsync(cancellationToken);
        try
        {
            return Told(AnswerHere(key, priority) ?? await ReserveAsync(key, call, priority, cancellationToken), priority);
        }
        finally
        {
            _exchanging.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask LearnAsync(Call call, SourceAnswer answer, CancellationToken cancellationToken = default)
    {
        string key = BudgetState.KeyOf(_rules, call);
        bool isOverLimit = _rules.LimitStatuses.Contains(answer.Status);
        bool isRefused = isOverLimit || answer.Status == 503;
        bool isAwaited;
        lock (_lock)
        {
            DateTimeOffset now = _clock.Latest;
            _untold.Add(new Lesson(key, call, answer, isRefused, now));
            isAwaited = isRefused || _known.IsAwaited(_rules, call, now);
            _inHand.Leave(key, isRefused ? 0 : LeftBy(call, answer, now));
            _inHand.Answered(key, now);
        }

        BudgetMetrics.Answered(_credential, isOverLimit);
        if (isAwaited)
            await ExchangeAloneAsync(cancellationToken);
    }

    /// <summary>Stops giving calls back by itself.</summary>
    public void Dispose()
    {
        _givingBack.Dispose();
        _exchanging.Dispose();
    }

    /// <summary>Stops giving calls back by itself, and waits for what is being given back: its store may be gone then.</summary>
    public async ValueTask DisposeAsync()
    {
        await _givingBack.DisposeAsync();
        await _gaveBack;
        _exchanging.Dispose();
    }

    // Who can't be sure when it is counts calls that much later. In a short window that would be too many calls too few.
    private static TimeSpan DoubtOf(BudgetRules rules)
    {
        TimeSpan shortest = rules.Policies.SelectMany(policy => policy.Rates).Select(rate => rate.Interval).DefaultIfEmpty(TimeSpan.Zero).Min();
        return shortest < ShortestDoubted ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(1, shortest.TotalSeconds / 60));
    }

    // Calls that were reserved before the source told its limit must not pass it: fewer are left, the next are asked for anew.
    private int LeftBy(Call call, SourceAnswer answer, DateTimeOffset now) => BudgetState.Empty.Learn(_rules, call, answer, now).Scopes.Values
        .SelectMany(scope => scope.Quotas.Values).Select(quota => quota.Told).DefaultIfEmpty(int.MaxValue).Min();

    private BudgetAnswer? AnswerHere(string key, CallPriority priority)
    {
        lock (_lock)
            return _inHand.Answer(key, priority);
    }

    private async ValueTask<BudgetAnswer> ReserveAsync(string key, Call call, CallPriority priority, CancellationToken cancellationToken)
    {
        Reservation? last;
        lock (_lock)
        {
            last = _inHand.LayDown(key, priority);
            if (last is not null)
                _untold.Add(last);
        }

        TimeSpan lifetime = BudgetState.LifetimeOf(_rules, call, LongestLifetime);
        DateTimeOffset asked = _clock.Earliest;
        BudgetAnswer answer = Granted.Instance;
        Reservation? reservation = null;
        await ExchangeAsync(
            state =>
            {
                var asking = new Asking(_clock.Earliest)
                {
                    Latest = _clock.Latest + _slowest, Lifetime = lifetime, Wanted = last?.NextSize(asked) ?? 1, Priority = priority, Worker = _worker,
                };
                (answer, Grant? grant, BudgetState next) = state.Reserve(_rules, call, asking);
                reservation = grant is null ? null : new Reservation(call, grant, asking.Now, lifetime);
                return next;
            },
            cancellationToken);
        // Only now are the calls ours: a try whose write met another worker's has reserved nothing.
        return reservation is null ? Keep(key, priority, (Wait)answer) : Begin(key, priority, reservation, lifetime);
    }

    private BudgetAnswer Begin(string key, CallPriority priority, Reservation reservation, TimeSpan lifetime)
    {
        DateTimeOffset now = _clock.Earliest;
        BudgetAnswer answer;
        lock (_lock)
        {
            // The store took longer than ever: where these calls are counted they would be made too late.
            bool isLate = reservation.Grant.Until < _clock.Latest;
            // The source has refused a call meanwhile, and the budget hasn't heard of it: it must first.
            bool isRefused = _untold.HasRefusal(key);
            if (isLate || isRefused)
            {
                _untold.Add(reservation);
                return new Wait(_clock.ToOurs(now + lifetime), isRefused ? $"{key}: the source has just refused a call" : $"{key}: the budget's store is slow");
            }

            answer = _inHand.Begin(key, priority, reservation);
        }

        // Who must wait may not come back.
        if (reservation.IsLeft)
            _givingBack.Change(reservation.Grant.Until - now + TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
        return answer;
    }

    private Wait Keep(string key, CallPriority priority, Wait wait)
    {
        lock (_lock)
            _inHand.Wait(key, priority, wait);
        return wait with { Until = _clock.ToOurs(wait.Until) };
    }

    // What isn't made in time comes back, even if this worker has no more to ask.
    private async Task GiveBackAsync()
    {
        lock (_lock)
        {
            foreach (Reservation reservation in _inHand.LayDownExpired())
                _untold.Add(reservation);
        }

        try
        {
            await ExchangeAloneAsync(CancellationToken.None);
        }
        catch (Exception)
        {
            // They come back with the next exchange, or are forfeited: nobody waits for this one.
        }
    }

    private async ValueTask ExchangeAloneAsync(CancellationToken cancellationToken)
    {
        await _exchanging.WaitAsync(cancellationToken);
        try
        {
            await ExchangeAsync(state => state, cancellationToken);
        }
        finally
        {
            _exchanging.Release();
        }
    }

    // Only one exchange at a time in this process; other processes are met at the ETag.
    private async ValueTask ExchangeAsync(Func<BudgetState, BudgetState> change, CancellationToken cancellationToken)
    {
        long began = _time.GetTimestamp();
        BudgetState state = await _document.ExchangeAsync(
            (known, earlier) =>
            {
                lock (_lock)
                    known = _untold.Tell(known, earlier);
                return change(known);
            },
            cancellationToken);
        lock (_lock)
        {
            _known = state;
            TimeSpan took = _time.GetElapsedTime(began);
            _slowest = took > _slowest * 0.9 ? took : _slowest * 0.9;
            // While it was under way that the source refused, calls may have been reserved as if it hadn't.
            foreach (Lesson lesson in _untold.Heard().Where(lesson => lesson.IsRefused))
                _inHand.Leave(lesson.Key, 0);
        }
    }

    private BudgetAnswer Told(BudgetAnswer answer, CallPriority priority)
    {
        if (answer is Wait)
            BudgetMetrics.Waited(_credential, priority);
        return answer;
    }
}
