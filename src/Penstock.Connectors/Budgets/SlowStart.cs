namespace Penstock.Connectors.Budgets;

/// <summary>
/// Nothing is known of a source: the first call goes alone, and with each answer one more may be under way, until a limit is
/// known or 32 answers told none. Many workers that start at once would otherwise all be refused.
/// </summary>
/// <param name="Asked">Calls that were granted.</param>
/// <param name="Answered">Calls that were answered.</param>
/// <param name="ChangedAt">When either changed.</param>
public sealed record SlowStart(int Asked, int Answered, DateTimeOffset ChangedAt)
{
    private const int Enough = 32;

    // An answer that doesn't come belongs to a worker that died.
    private static readonly TimeSpan Lost = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Recheck = TimeSpan.FromMilliseconds(50);

    /// <summary>No call yet.</summary>
    public static SlowStart Beginning { get; } = new(0, 0, default);

    /// <summary>Whether enough answers came.</summary>
    public bool IsOver => Answered >= Enough;

    /// <summary>The calls whose answers are awaited.</summary>
    public int Awaited => Math.Max(0, Asked - Answered);

    /// <summary>The state without answers that won't come.</summary>
    public SlowStart At(DateTimeOffset now) => Awaited > 0 && now - ChangedAt > Lost ? this with { Asked = Answered } : this;

    /// <summary>How many calls may be made now.</summary>
    public int Free => IsOver ? int.MaxValue : Math.Max(0, 1 + Answered - Awaited);

    /// <summary>When to ask again.</summary>
    public DateTimeOffset FreeAt(DateTimeOffset now) => Free > 0 ? now : now + Recheck;

    /// <summary>Takes calls.</summary>
    public SlowStart Take(DateTimeOffset now, int calls) => IsOver ? this : this with { Asked = Asked + calls, ChangedAt = now };

    /// <summary>Gives calls back that weren't made.</summary>
    public SlowStart Return(int calls) => IsOver ? this : this with { Asked = Math.Max(Answered, Asked - calls) };

    /// <summary>Counts an answer.</summary>
    public SlowStart Answer(DateTimeOffset now) => IsOver ? this : new SlowStart(Math.Max(Asked, Answered + 1), Answered + 1, now);
}
