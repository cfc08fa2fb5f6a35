using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Penstock.Connectors.Budgets;

/// <summary>
/// When calls were accepted, exactly for the latest ones and roughly for older ones: what a limit is concluded from once the
/// source refuses a call.
/// </summary>
/// <param name="Slots">The calls up to each instant, oldest first.</param>
[JsonConverter(typeof(CallHistoryJson))]
public sealed record CallHistory(ImmutableArray<WindowSlot> Slots)
{
    private const int MostSlots = 64;
    private static readonly TimeSpan Finest = TimeSpan.FromMilliseconds(50);

    /// <summary>No calls yet.</summary>
    public static CallHistory Empty { get; } = new([]);

    /// <summary>When the first calls were accepted; the far future if none was.</summary>
    public DateTimeOffset Since => Slots.IsEmpty ? DateTimeOffset.MaxValue : Slots[0].End;

    /// <summary>When the last calls were accepted; the far past if none was.</summary>
    public DateTimeOffset Until => Slots.IsEmpty ? DateTimeOffset.MinValue : Slots[^1].End;

    /// <summary>Adds an accepted call.</summary>
    public CallHistory Add(DateTimeOffset at)
    {
        if (Slots.Length > 0 && at < Slots[^1].End + Finest)
        {
            return new CallHistory(Slots.SetItem(Slots.Length - 1, Slots[^1] with { Calls = Slots[^1].Calls + 1 }));
        }

        return new CallHistory(Merge(Slots.Add(new WindowSlot(at, 1))));
    }

    /// <summary>
    /// The speed that the source allows, if it now refuses and accepts again after a wait: of all the stretches up to now, the
    /// one that was fastest, the wait included. For whatever window the source counts in, that stretch filled it.
    /// </summary>
    /// <param name="now">When the source refused.</param>
    /// <param name="wait">How long it refuses.</param>
    /// <returns>Calls per second, and how many calls say so; null if none is known.</returns>
    public MeasuredSpeed? Fastest(DateTimeOffset now, TimeSpan wait)
    {
        var calls = 0;
        MeasuredSpeed? fastest = null;
        for (var i = Slots.Length - 1; i >= 0; i--)
        {
            calls += Slots[i].Calls;
            var stretch = (now - Slots[i].End + wait).TotalSeconds;
            var speed = calls / Math.Max(stretch, 0.01);
            fastest = fastest?.CallsPerSecond >= speed ? fastest : new MeasuredSpeed(speed, calls);
        }

        return fastest;
    }

    // The older half is kept at half the precision.
    private static ImmutableArray<WindowSlot> Merge(ImmutableArray<WindowSlot> slots)
    {
        if (slots.Length <= MostSlots)
        {
            return slots;
        }

        var merged = ImmutableArray.CreateBuilder<WindowSlot>(slots.Length);
        for (var i = 0; i < slots.Length; i++)
        {
            var isOld = i + 1 < slots.Length && i < MostSlots / 2;
            merged.Add(isOld ? slots[i] with { Calls = slots[i].Calls + slots[i + 1].Calls } : slots[i]);
            i += isOld ? 1 : 0;
        }

        return merged.ToImmutable();
    }
}

/// <summary>A speed that was seen.</summary>
/// <param name="CallsPerSecond">How fast.</param>
/// <param name="Calls">How many calls were that fast.</param>
public readonly record struct MeasuredSpeed(double CallsPerSecond, int Calls);
