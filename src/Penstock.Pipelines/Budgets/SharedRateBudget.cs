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
    private readonly BudgetRules _rules;
    private readonly string _credential;
    private readonly string _worker;
    private readonly StoreClock _clock;
    private readonly BudgetDocument _document;
    private readonly ITimer _givingBack;
    private Task _gaveBack = Task.CompletedTask;
    private readonly SemaphoreSlim _exchanging = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Key, CallPriority Priority), Reservation> _reserved = [];
    private readonly Dictionary<(string Key, CallPriority Priority), Wait> _waits = [];
    private readonly Dictionary<string, int> _unanswered = [];
    private readonly List<Lesson> _lessons = [];
    private readonly List<Reservation> _spent = [];
    private BudgetState _known = BudgetState.Empty;

    // Until its first answer, or for a second, a worker's calls may be on their way for longer: their connections are made, and code is compiled.
    private DateTimeOffset? _newUntil;

    // How many of the lessons and of the spent reservations the last exchange told.
    private (int Lessons, int Spent) _told;

    // How long exchanges took lately: what is granted must still be good when the store has answered.
    private TimeSpan _slowest;

    /// <summary>Makes a worker's view of a credential's budget.</summary>
    /// <param name="documents">Where the budget is kept.</param>
    /// <param name="credential">The credential's name.</param>
    /// <param name="rules">The limits that are declared.</param>
    /// <param name="time">The clock.</param>
    /// <param name="worker">Names this worker among all that there are and ever were.</param>
    public SharedRateBudget(DocumentStore documents, string credential, BudgetRules rules, TimeProvider time, string worker)
    {
        (_credential, _rules, _worker) = (credential, rules, worker);
        _clock = new StoreClock(time);
        _document = new BudgetDocument(documents, credential, worker, _clock, time);
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
        bool isRefused = IsRefused(answer);
        bool isAwaited;
        lock (_lock)
        {
            DateTimeOffset now = _clock.Latest;
            _newUntil = now;
            _lessons.Add(new Lesson(call, answer, now));
            isAwaited = isRefused || _known.IsAwaited(_rules, call, now);
            string key = BudgetState.KeyOf(_rules, call);
            bool isLast = (_unanswered[key] = Math.Max(0, _unanswered.GetValueOrDefault(key) - 1)) == 0;
            int left = isRefused ? 0 : LeftBy(call, answer, now);
            foreach (Reservation reservation in ReservedFor(key))
            {
                reservation.Leave(left);
                if (isLast)
                    reservation.Answered(now);
            }
        }

        BudgetMetrics.Answered(_credential, _rules.LimitStatuses.Contains(answer.Status));
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

    private bool IsRefused(SourceAnswer answer) => _rules.LimitStatuses.Contains(answer.Status) || answer.Status == 503;

    private IEnumerable<Reservation> ReservedFor(string key) => _reserved.Where(reserved => reserved.Key.Key == key).Select(reserved => reserved.Value);

    // Calls that were reserved before the source told its limit must not pass it: fewer are left, the next are asked for anew.
    private int LeftBy(Call call, SourceAnswer answer, DateTimeOffset now) => BudgetState.Empty.Learn(_rules, call, answer, now).Scopes.Values
        .SelectMany(scope => scope.Quotas.Values).Select(quota => quota.Told).DefaultIfEmpty(int.MaxValue).Min();

    // What is reserved is granted without asking; who must wait needn't ask again and again what others have left.
    private BudgetAnswer? AnswerHere(string key, CallPriority priority)
    {
        DateTimeOffset now = _clock.Earliest;
        lock (_lock)
        {
            if (_waits.TryGetValue((key, priority), out Wait? wait) && wait.Until > now)
                return wait with { Until = _clock.ToOurs(wait.Until) };
            Reservation? reservation = Usable(key, CallPriority.Live, priority, now) ?? Usable(key, CallPriority.Backfill, priority, now);
            if (reservation is null)
                return null;
            if (reservation.NextAt > now)
                return new Wait(_clock.ToOurs(reservation.NextAt), $"{key}: calls are spread evenly");
            return Make(key, reservation);
        }
    }

    private Granted Make(string key, Reservation reservation)
    {
        DateTimeOffset now = _clock.Latest;
        _newUntil ??= now + LongestLifetime;
        reservation.Make(now, now < _newUntil ? LongestLifetime : TimeSpan.Zero);
        _unanswered[key] = _unanswered.GetValueOrDefault(key) + 1;
        return Granted.Instance;
    }

    // Live calls may use what was reserved for backfills, never the other way round.
    private Reservation? Usable(string key, CallPriority of, CallPriority by, DateTimeOffset now) =>
        (of == by || by == CallPriority.Live) && _reserved.TryGetValue((key, of), out Reservation? reservation) && reservation.IsLeft && reservation.Grant.Until > now
            ? reservation
            : null;

    private async ValueTask<BudgetAnswer> ReserveAsync(string key, Call call, CallPriority priority, CancellationToken cancellationToken)
    {
        Reservation? last;
        lock (_lock)
        {
            if (_reserved.Remove((key, priority), out last))
                _spent.Add(last);
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
        bool isMade;
        lock (_lock)
        {
            _waits.Remove((key, priority));
            // The store took longer than ever: where these calls are counted they would be made too late.
            bool isLate = reservation.Grant.Until < _clock.Latest;
            // The source has refused a call meanwhile, and the budget hasn't heard of it: it must first.
            bool isRefused = _lessons.Exists(lesson => IsRefused(lesson.Answer) && BudgetState.KeyOf(_rules, lesson.Call) == key);
            if (isLate || isRefused)
            {
                _spent.Add(reservation);
                return new Wait(_clock.ToOurs(now + lifetime), isRefused ? $"{key}: the source has just refused a call" : $"{key}: the budget's store is slow");
            }

            _reserved[(key, priority)] = reservation;
            isMade = reservation.NextAt <= now;
            if (isMade)
                Make(key, reservation);
        }

        // Who must wait may not come back.
        if (reservation.IsLeft)
            _givingBack.Change(reservation.Grant.Until - now + TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
        return isMade ? Granted.Instance : new Wait(_clock.ToOurs(reservation.NextAt), $"{key}: calls are spread evenly");
    }

    private Wait Keep(string key, CallPriority priority, Wait wait)
    {
        DateTimeOffset latest = _clock.Earliest + LongestLifetime;
        lock (_lock)
            _waits[(key, priority)] = wait with { Until = wait.Until < latest ? wait.Until : latest };
        return wait with { Until = _clock.ToOurs(wait.Until) };
    }

    // What isn't made in time comes back, even if this worker has no more to ask.
    private async Task GiveBackAsync()
    {
        DateTimeOffset now = _clock.Earliest;
        lock (_lock)
        {
            foreach ((var key, Reservation reservation) in _reserved.Where(reserved => reserved.Value.Grant.Until <= now).ToList())
            {
                _reserved.Remove(key);
                _spent.Add(reservation);
            }
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
        Lesson[] lessons;
        Reservation[] spent;
        lock (_lock)
            (lessons, spent) = ([.. _lessons], [.. _spent]);
        DateTimeOffset began = _clock.Earliest;
        BudgetState state = await _document.ExchangeAsync(
            (known, earlier) =>
            {
                // What was told is told again only if it got lost, and what is in doubt isn't given back twice.
                lessons = lessons[Forget(_lessons, earlier == EarlierExchange.Stored, _told.Lessons)..];
                spent = spent[Forget(_spent, earlier is EarlierExchange.Stored or EarlierExchange.Forgotten, _told.Spent)..];
                _told = (lessons.Length, spent.Length);
                known = lessons.Aggregate(known, (learning, lesson) => learning.Learn(_rules, lesson.Call, lesson.Answer, lesson.At, _worker));
                return change(spent.Aggregate(known, (settling, of) => settling.Settle(_rules, of.Call, of.Grant, of.Made, of.MadeAt)));
            },
            cancellationToken);
        lock (_lock)
        {
            _known = state;
            TimeSpan took = _clock.Earliest - began;
            _slowest = took > _slowest * 0.9 ? took : _slowest * 0.9;
            // While it was under way that the source refused, calls may have been reserved as if it hadn't.
            foreach (Lesson lesson in lessons.Where(lesson => IsRefused(lesson.Answer)))
            {
                foreach (Reservation reservation in ReservedFor(BudgetState.KeyOf(_rules, lesson.Call)))
                    reservation.Leave(0);
            }

            _lessons.RemoveRange(0, lessons.Length);
            _spent.RemoveRange(0, spent.Length);
        }
    }

    private int Forget<T>(List<T> told, bool isHeard, int count)
    {
        if (!isHeard)
            return 0;
        lock (_lock)
            told.RemoveRange(0, count);
        return count;
    }

    private BudgetAnswer Told(BudgetAnswer answer, CallPriority priority)
    {
        if (answer is Wait)
            BudgetMetrics.Waited(_credential, priority);
        return answer;
    }

    private sealed record Lesson(Call Call, SourceAnswer Answer, DateTimeOffset At);
}
