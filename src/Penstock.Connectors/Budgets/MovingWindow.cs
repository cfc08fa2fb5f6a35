using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Penstock.Connectors.Budgets;

/// <summary>
/// The calls of the last interval, counted in slots of a 128th of it, so that the state stays small whatever the limit. A slot
/// leaves the window with its last call: never is a call too many made.
/// </summary>
/// <param name="Slots">The slots with calls, oldest first.</param>
[JsonConverter(typeof(MovingWindowJson))]
public sealed record MovingWindow(ImmutableArray<WindowSlot> Slots)
{
    private const int SlotsPerInterval = 128;

    /// <summary>No calls yet.</summary>
    public static MovingWindow Empty { get; } = new([]);

    /// <summary>The calls in the slots that are kept.</summary>
    public int Used => Slots.Sum(slot => slot.Calls);

    /// <summary>The window without what has left it.</summary>
    public MovingWindow At(DateTimeOffset now, CallRate rate)
    {
        var horizon = now - rate.Interval;
        var gone = 0;
        while (gone < Slots.Length && Slots[gone].End <= horizon)
        {
            gone++;
        }

        return gone == 0 ? this : new MovingWindow(Slots.RemoveRange(0, gone));
    }

    /// <summary>How many calls may be made now.</summary>
    /// <param name="now">The present.</param>
    /// <param name="rate">The limit.</param>
    /// <param name="spare">The share of the limit that is left to others, see <see cref="FreeAt"/>.</param>
    public int Free(DateTimeOffset now, CallRate rate, double spare = 0)
    {
        var current = At(now, rate);
        return Math.Max(0, rate.Limit - current.Used - current.Spared(now, rate, spare));
    }

    /// <summary>When so many calls may be made; now if they may be made at once.</summary>
    /// <param name="now">The present.</param>
    /// <param name="rate">The limit.</param>
    /// <param name="calls">How many.</param>
    /// <param name="spare">
    /// The share of the limit that is left to more urgent calls. It shrinks with the time until calls come free again by
    /// themselves, for what it is to bridge shrinks too: a window that nothing urgent uses is used up all the same.
    /// </param>
    public DateTimeOffset FreeAt(DateTimeOffset now, CallRate rate, int calls, double spare = 0)
    {
        var current = At(now, rate);
        var used = current.Used;
        calls = Math.Min(calls, rate.Limit);
        if (current.Slots.IsEmpty || used + calls + current.Spared(now, rate, spare) <= rate.Limit)
        {
            return now;
        }

        if (used + calls <= rate.Limit)
        {
            var relief = rate.Interval * Math.Min(1, (rate.Limit - used - calls + 0.99) / (spare * rate.Limit));
            var at = current.Slots[0].End + rate.Interval - relief;
            return at > now ? at : now + TimeSpan.FromMilliseconds(1);
        }

        var free = now;
        foreach (var slot in current.Slots)
        {
            if (used + calls <= rate.Limit)
            {
                break;
            }

            used -= slot.Calls;
            free = slot.End + rate.Interval;
        }

        return free;
    }

    /// <summary>Counts calls that are made up to a given time.</summary>
    public MovingWindow Add(DateTimeOffset at, CallRate rate, int calls)
    {
        if (calls == 0)
        {
            return this;
        }

        var place = PlaceOf(at, rate, out var isThere);
        return new MovingWindow(isThere
            ? Slots.SetItem(place, new WindowSlot(at > Slots[place].End ? at : Slots[place].End, Slots[place].Calls + calls))
            : Slots.Insert(place, new WindowSlot(at, calls)));
    }

    /// <summary>Takes calls out again that were counted up to a given time and not made then.</summary>
    public MovingWindow Remove(DateTimeOffset at, CallRate rate, int calls)
    {
        var place = PlaceOf(at, rate, out var isThere);
        if (!isThere || calls == 0)
        {
            return this;
        }

        var left = Slots[place].Calls - calls;
        return new MovingWindow(left > 0 ? Slots.SetItem(place, Slots[place] with { Calls = left }) : Slots.RemoveAt(place));
    }

    private int Spared(DateTimeOffset now, CallRate rate, double spare)
    {
        if (spare == 0)
        {
            return 0;
        }

        var relief = Slots.IsEmpty ? 1 : Math.Clamp((Slots[0].End + rate.Interval - now) / rate.Interval, 0, 1);
        return (int)(spare * rate.Limit * relief);
    }

    // The slot of a time, or where it belongs.
    private int PlaceOf(DateTimeOffset at, CallRate rate, out bool isThere)
    {
        var width = Math.Max(rate.Interval.Ticks / SlotsPerInterval, 1);
        var slot = at.UtcTicks / width;
        var place = Slots.Length;
        while (place > 0 && Slots[place - 1].End.UtcTicks / width > slot)
        {
            place--;
        }

        isThere = place > 0 && Slots[place - 1].End.UtcTicks / width == slot;
        return isThere ? place - 1 : place;
    }
}

/// <summary>Calls made up to an instant.</summary>
/// <param name="End">The instant of the last.</param>
/// <param name="Calls">How many.</param>
public readonly record struct WindowSlot(DateTimeOffset End, int Calls);
