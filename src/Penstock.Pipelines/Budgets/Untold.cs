using Penstock.Connectors.Budgets;

namespace Penstock.Pipelines.Budgets;

/// <summary>What a worker has still to tell the shared budget: answers, and reservations that it has done with. Not thread-safe.</summary>
/// <param name="rules">The limits that are declared.</param>
/// <param name="worker">Names this worker among all.</param>
internal sealed class Untold(BudgetRules rules, string worker)
{
    private readonly List<Lesson> _lessons = [];
    private readonly List<Reservation> _spent = [];

    // How many of each the last exchange told.
    private (int Lessons, int Spent) _told;

    /// <summary>Keeps an answer.</summary>
    public void Add(Lesson lesson) => _lessons.Add(lesson);

    /// <summary>Keeps a reservation: what of it wasn't made comes back.</summary>
    public void Add(Reservation spent) => _spent.Add(spent);

    /// <summary>Whether the source refused such a call, and the budget hasn't heard of it.</summary>
    public bool HasRefusal(string key) => _lessons.Exists(lesson => lesson.IsRefused && lesson.Key == key);

    /// <summary>Tells all of it. What was told before is told again only if it got lost, and what is in doubt isn't given back twice.</summary>
    /// <param name="known">The budget.</param>
    /// <param name="earlier">What became of the exchange before, if it failed.</param>
    public BudgetState Tell(BudgetState known, EarlierExchange earlier)
    {
        if (earlier == EarlierExchange.Stored)
            _lessons.RemoveRange(0, _told.Lessons);
        if (earlier is EarlierExchange.Stored or EarlierExchange.Forgotten)
            _spent.RemoveRange(0, _told.Spent);
        _told = (_lessons.Count, _spent.Count);
        known = _lessons.Aggregate(known, (learning, lesson) => learning.Learn(rules, lesson.Call, lesson.Answer, lesson.At, worker));
        return _spent.Aggregate(known, (settling, of) => settling.Settle(rules, of.Call, of.Grant, of.Made, of.MadeAt));
    }

    /// <summary>What was told is stored; gives the answers among it.</summary>
    public IReadOnlyList<Lesson> Heard()
    {
        List<Lesson> heard = _lessons[.._told.Lessons];
        _lessons.RemoveRange(0, _told.Lessons);
        _spent.RemoveRange(0, _told.Spent);
        _told = default;
        return heard;
    }
}

/// <summary>An answer of the source.</summary>
/// <param name="Key">What the call counts against.</param>
/// <param name="Call">The call.</param>
/// <param name="Answer">The answer.</param>
/// <param name="IsRefused">Whether it says that no more calls are wanted now.</param>
/// <param name="At">When it came, at the latest.</param>
internal sealed record Lesson(string Key, Call Call, SourceAnswer Answer, bool IsRefused, DateTimeOffset At);
