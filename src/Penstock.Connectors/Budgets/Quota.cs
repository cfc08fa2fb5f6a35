namespace Penstock.Connectors.Budgets;

/// <summary>A limit that the source's headers told of: so many calls are left until it is renewed.</summary>
/// <param name="Remaining">The calls that are left.</param>
/// <param name="ResetAt">When the quota is renewed.</param>
/// <param name="Limit">The calls of a whole window; null if unknown.</param>
/// <param name="Window">The length of a window; null if unknown.</param>
/// <param name="Told">What the source last told to be left.</param>
/// <param name="IsTrusted">
/// Whether the source was seen to count down, or refused a call when it was used up. A header that says the same on every
/// answer would otherwise stop the source for good.
/// </param>
public sealed record Quota(int Remaining, DateTimeOffset ResetAt, int? Limit, TimeSpan? Window, int Told, bool IsTrusted)
{
    // Clocks differ and headers are rounded to seconds; a reset that moves by less belongs to the same window.
    private static readonly TimeSpan SameWindow = TimeSpan.FromSeconds(2);

    /// <summary>The quota as it stands now: renewed if its time has come; null if nothing is known of the new window.</summary>
    public Quota? At(DateTimeOffset now)
    {
        if (now < ResetAt)
        {
            return this;
        }

        if (Limit is not { } limit || Window is not { } window || window <= TimeSpan.Zero)
        {
            return null;
        }

        var windows = ((now - ResetAt).Ticks / window.Ticks) + 1;
        return this with { Remaining = limit, ResetAt = ResetAt + TimeSpan.FromTicks(windows * window.Ticks) };
    }

    /// <summary>When a call may be made.</summary>
    public DateTimeOffset FreeAt(DateTimeOffset now, int calls) => IsTrusted && Remaining < calls && ResetAt > now ? ResetAt : now;

    /// <summary>Takes calls out.</summary>
    public Quota Take(int calls) => this with { Remaining = Math.Max(0, Remaining - calls) };

    /// <summary>Joins what is known with what an answer told.</summary>
    /// <param name="known">What is known; null if nothing.</param>
    /// <param name="told">What the answer told.</param>
    /// <param name="refused">Whether the source refused the call for its limit.</param>
    public static Quota Learn(Quota? known, Quota told, bool refused)
    {
        if (known is null)
        {
            return told with { IsTrusted = refused };
        }

        var isTrusted = refused || known.IsTrusted || told.Told < known.Told;
        if (told.ResetAt > known.ResetAt + SameWindow)
        {
            // A new window: answers of the old one may still be under way, so only a later reset opens it.
            return told with { IsTrusted = isTrusted, Window = told.Window ?? known.Window };
        }

        if (told.ResetAt < known.ResetAt - SameWindow && !refused)
        {
            return known;
        }

        // Within a window the smaller number is right: answers arrive out of order, and calls are under way.
        return known with
        {
            Remaining = Math.Min(known.Remaining, told.Remaining),
            Limit = told.Limit ?? known.Limit,
            Window = told.Window ?? known.Window,
            Told = told.Told,
            IsTrusted = isTrusted,
        };
    }
}
