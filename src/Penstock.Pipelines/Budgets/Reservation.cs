using Penstock.Connectors.Budgets;

namespace Penstock.Pipelines.Budgets;

/// <summary>Calls that this worker may make out of a grant, without asking again. Not thread-safe.</summary>
/// <param name="call">The call that it was asked for.</param>
/// <param name="grant">The grant.</param>
/// <param name="asked">When it was asked for, by the store's clock.</param>
/// <param name="lifetime">How long its calls may be kept.</param>
internal sealed class Reservation(Call call, Grant grant, DateTimeOffset asked, TimeSpan lifetime)
{
    private const int Largest = 256;
    private int _limit = grant.Calls;

    /// <summary>The call that it was asked for.</summary>
    public Call Call { get; } = call;

    /// <summary>The grant.</summary>
    public Grant Grant { get; } = grant;

    /// <summary>How many of its calls were made.</summary>
    public int Made { get; private set; }

    /// <summary>When the last of them reached the source at the latest: a call is on its way for as long as it may be kept.</summary>
    public DateTimeOffset MadeAt { get; private set; } = grant.From;

    /// <summary>Whether calls are left.</summary>
    public bool IsLeft => Made < _limit;

    /// <summary>When the next call may be made.</summary>
    public DateTimeOffset NextAt => Grant.From + (Grant.Spacing * Made);

    /// <summary>Makes a call.</summary>
    /// <param name="latest">The present, at the latest.</param>
    /// <param name="least">How long it is on its way at least, should that be longer than it may be kept.</param>
    public void Make(DateTimeOffset latest, TimeSpan least)
    {
        Made++;
        MadeAt = latest + (least > lifetime ? least : lifetime);
    }

    /// <summary>All its calls are answered: they reached the source before.</summary>
    public void Answered(DateTimeOffset at) => MadeAt = at < MadeAt ? at : MadeAt;

    /// <summary>Lets at most so many more calls be made out of it.</summary>
    public void Leave(int calls) => _limit = (int)Math.Min(_limit, (long)Made + calls);

    /// <summary>As many as are made within a lifetime, to judge by the last ones; at most twice as many as before.</summary>
    public int NextSize(DateTimeOffset now)
    {
        double seconds = Math.Clamp((now - asked).TotalSeconds, lifetime.TotalSeconds / 1000, Math.Max(lifetime.TotalSeconds, 0.001));
        double perLifetime = Made / seconds * lifetime.TotalSeconds;
        return (int)Math.Clamp(perLifetime * 0.9, 1, Math.Min(Grant.Calls * 2, Largest));
    }
}
