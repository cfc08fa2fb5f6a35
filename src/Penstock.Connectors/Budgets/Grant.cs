namespace Penstock.Connectors.Budgets;

/// <summary>Calls that a worker asks for.</summary>
/// <param name="Now">The present.</param>
public sealed record Asking(DateTimeOffset Now)
{
    /// <summary>The present by the clock that may be ahead, if it isn't known exactly; default <see cref="Now"/>.</summary>
    public DateTimeOffset Latest { get; init; } = Now;

    /// <summary>How long granted calls may be kept before they are made; none by default.</summary>
    public TimeSpan Lifetime { get; init; }

    /// <summary>How many calls are wanted, 1 or more; fewer may be given.</summary>
    public int Wanted { get; init; } = 1;

    /// <summary>How urgent they are.</summary>
    public CallPriority Priority { get; init; }

    /// <summary>Who asks; matters where the number of calls under way is limited.</summary>
    public string Worker { get; init; } = "";

    /// <summary>The share of every limit that is left to others.</summary>
    public double Spare { get; init; }
}

/// <summary>
/// Calls that a worker may make: the first at <paramref name="From"/>, the others each <paramref name="Spacing"/> later. They
/// count as made at <paramref name="Until"/> until the worker settles, so that no limit is passed however late they are made.
/// </summary>
/// <param name="From">When the first may be made.</param>
/// <param name="Spacing">How far apart they must be.</param>
/// <param name="Calls">How many.</param>
/// <param name="Until">When they are forfeited.</param>
public sealed record Grant(DateTimeOffset From, TimeSpan Spacing, int Calls, DateTimeOffset Until);

/// <summary>An operator's wish that a credential isn't used.</summary>
/// <param name="Until">Until when; null until it is taken back.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="At">Since when; null if that isn't known.</param>
/// <param name="By">Who said so; null if that isn't known.</param>
public sealed record BudgetPause(DateTimeOffset? Until, string Reason, DateTimeOffset? At = null, string? By = null);
