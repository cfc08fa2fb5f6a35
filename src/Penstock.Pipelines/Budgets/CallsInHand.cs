using Penstock.Connectors.Budgets;

namespace Penstock.Pipelines.Budgets;

/// <summary>
/// What a worker may do without asking the shared budget: the calls that it has reserved, and how long it must wait. Not thread-safe.
/// </summary>
/// <param name="clock">The store's clock, by which all of this is dated.</param>
/// <param name="longest">How long any call is on its way at the most.</param>
internal sealed class CallsInHand(StoreClock clock, TimeSpan longest)
{
    private readonly Dictionary<(string Key, CallPriority Priority), Reservation> _reserved = [];
    private readonly Dictionary<(string Key, CallPriority Priority), Wait> _waits = [];
    private readonly Dictionary<string, int> _unanswered = [];

    // Until its first answer, or for a second, a worker's calls may be on their way for longer: their connections are made, and code is compiled.
    private DateTimeOffset? _newUntil;

    /// <summary>The answer that needs no asking; null if there is none. Who must wait needn't ask again and again what others have left.</summary>
    public BudgetAnswer? Answer(string key, CallPriority priority)
    {
        DateTimeOffset now = clock.Earliest;
        if (_waits.TryGetValue((key, priority), out Wait? wait) && wait.Until > now)
            return wait with { Until = clock.ToOurs(wait.Until) };
        return (Usable(key, CallPriority.Live, priority, now) ?? Usable(key, CallPriority.Backfill, priority, now)) is { } reservation
            ? AnswerBy(key, reservation, now)
            : null;
    }

    /// <summary>Takes calls in hand that were reserved just now, and gives the answer to the first.</summary>
    public BudgetAnswer Begin(string key, CallPriority priority, Reservation reservation)
    {
        _waits.Remove((key, priority));
        _reserved[(key, priority)] = reservation;
        return AnswerBy(key, reservation, clock.Earliest);
    }

    /// <summary>Remembers a wait, for as long as calls are kept at the most: what others give back meanwhile shall be found.</summary>
    public void Wait(string key, CallPriority priority, Wait wait)
    {
        DateTimeOffset latest = clock.Earliest + longest;
        _waits[(key, priority)] = wait with { Until = wait.Until < latest ? wait.Until : latest };
    }

    /// <summary>Lays down what was reserved; null if nothing was.</summary>
    public Reservation? LayDown(string key, CallPriority priority) => _reserved.Remove((key, priority), out Reservation? reservation) ? reservation : null;

    /// <summary>Lays down what may not be used any more.</summary>
    public IReadOnlyList<Reservation> LayDownExpired()
    {
        DateTimeOffset now = clock.Earliest;
        return [.. _reserved.Where(reserved => reserved.Value.Grant.Until <= now).Select(reserved => reserved.Key).ToList().Select(key => LayDown(key.Key, key.Priority)!)];
    }

    /// <summary>A call was answered: all that were made and are answered reached the source before.</summary>
    public void Answered(string key, DateTimeOffset at)
    {
        _newUntil = at;
        int left = Math.Max(0, _unanswered.GetValueOrDefault(key) - 1);
        _unanswered[key] = left;
        foreach (Reservation reservation in left == 0 ? ReservedFor(key) : [])
            reservation.Answered(at);
    }

    /// <summary>Lets at most so many more calls be made out of each reservation.</summary>
    public void Leave(string key, int calls)
    {
        foreach (Reservation reservation in ReservedFor(key))
            reservation.Leave(calls);
    }

    private BudgetAnswer AnswerBy(string key, Reservation reservation, DateTimeOffset now)
    {
        if (reservation.NextAt > now)
            return new Wait(clock.ToOurs(reservation.NextAt), $"{key}: calls are spread evenly");
        DateTimeOffset latest = clock.Latest;
        _newUntil ??= latest + longest;
        reservation.Make(latest, latest < _newUntil ? longest : TimeSpan.Zero);
        _unanswered[key] = _unanswered.GetValueOrDefault(key) + 1;
        return Granted.Instance;
    }

    // Live calls may use what was reserved for backfills, never the other way round.
    private Reservation? Usable(string key, CallPriority of, CallPriority by, DateTimeOffset now) =>
        (of == by || by == CallPriority.Live) && _reserved.TryGetValue((key, of), out Reservation? reservation) && reservation.IsLeft && reservation.Grant.Until > now
            ? reservation
            : null;

    private IEnumerable<Reservation> ReservedFor(string key) => _reserved.Where(reserved => reserved.Key.Key == key).Select(reserved => reserved.Value);
}
