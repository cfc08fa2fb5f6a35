using System.Collections.Immutable;

namespace Penstock.Connectors.Budgets;

/// <summary>
/// The calls of the last interval, counted in slots of a 64th of it, so that the state stays small whatever the limit. A
/// slot leaves the window only as a whole: at most a 64th of the interval is given away, and never a call too many made.
/// </summary>
/// <param name="Slots">The slots with calls, oldest first.</param>
public sealed record MovingWindow(ImmutableArray<WindowSlot> Slots)
{
    private const int SlotsPerInterval = 64;

    /// <summary>No calls yet.</summary>
    public static MovingWindow Empty { get; } = new([]);

    /// <summary>The window without what has left it.</summary>
    public MovingWindow At(DateTimeOffset now, CallRate rate)
    {
        var horizon = now - rate.Interval;
        var gone = Slots.TakeWhile(slot => slot.End <= horizon).Count();
        return gone == 0 ? this : new MovingWindow(Slots.RemoveRange(0, gone));
    }

    /// <summary>How many calls may be made now.</summary>
    public int Free(DateTimeOffset now, CallRate rate) => Math.Max(0, rate.Limit - At(now, rate).Slots.Sum(slot => slot.Calls));

    /// <summary>When so many calls may be made; now if they may be made at once.</summary>
    public DateTimeOffset FreeAt(DateTimeOffset now, CallRate rate, int calls)
    {
        var used = 0L;
        var current = At(now, rate);
        foreach (var slot in current.Slots)
        {
            used += slot.Calls;
        }

        foreach (var slot in current.Slots)
        {
            if (used + Math.Min(calls, rate.Limit) <= rate.Limit)
            {
                break;
            }

            used -= slot.Calls;
            now = slot.End + rate.Interval;
        }

        return now;
    }

    /// <summary>Counts calls that are made until a given time.</summary>
    public MovingWindow Add(DateTimeOffset until, CallRate rate, int calls)
    {
        var end = SlotEnd(until, rate);
        return Slots.Length > 0 && Slots[^1].End >= end
            ? new MovingWindow(Slots.SetItem(Slots.Length - 1, Slots[^1] with { Calls = Slots[^1].Calls + calls }))
            : new MovingWindow(Slots.Add(new WindowSlot(end, calls)));
    }

    /// <summary>Takes calls out again that were counted until a given time and never made.</summary>
    public MovingWindow Remove(DateTimeOffset until, CallRate rate, int calls)
    {
        // They are in the slot of that time, or in the one that was the last then.
        var end = SlotEnd(until, rate);
        for (var i = 0; i < Slots.Length; i++)
        {
            if (Slots[i].End >= end)
            {
                return new MovingWindow(Slots.SetItem(i, Slots[i] with { Calls = Math.Max(0, Slots[i].Calls - calls) }));
            }
        }

        return this;
    }

    private static DateTimeOffset SlotEnd(DateTimeOffset until, CallRate rate)
    {
        var width = Math.Max(rate.Interval.Ticks / SlotsPerInterval, 1);
        return new DateTimeOffset(((until.UtcTicks / width) + 1) * width, TimeSpan.Zero);
    }
}

/// <summary>Calls made up to an instant.</summary>
/// <param name="End">The instant.</param>
/// <param name="Calls">How many.</param>
public readonly record struct WindowSlot(DateTimeOffset End, int Calls);
