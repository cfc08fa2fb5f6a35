using Penstock.Connectors.Datetimes;

namespace Penstock.Connectors.Cursors;

/// <summary>Moves window boundaries to whole days, weeks or months (airbyte-cdk's clamping strategies).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="FirstDay">The day that weeks begin with.</param>
internal sealed record Clamping(ClampingUnit Unit, DayOfWeek FirstDay = DayOfWeek.Monday)
{
    /// <summary>The gap between a clamped end and the last value before it, where the cursor has no granularity.</summary>
    public IsoDuration DefaultGranularity { get; } = new(0, 0, Unit == ClampingUnit.Day ? TimeSpan.FromSeconds(1) : TimeSpan.FromDays(1));

    /// <summary>The next boundary. As in the reference a day's own beginning moves on too, a month's and a week's doesn't.</summary>
    public DateTimeOffset Ceiling(DateTimeOffset value) => Unit switch
    {
        ClampingUnit.Day => Midnight(value).AddDays(1),
        ClampingUnit.Week => Midnight(value).AddDays(DaysToWeek(value)),
        _ => value.Day == 1 ? Midnight(value) : Midnight(value).AddDays(1 - value.Day).AddMonths(1),
    };

    /// <summary>The boundary before. As in the reference a week's own beginning moves back.</summary>
    public DateTimeOffset Floor(DateTimeOffset value) => Unit switch
    {
        ClampingUnit.Day => Midnight(value),
        ClampingUnit.Week => Midnight(value).AddDays(DaysToWeek(value) - 7),
        _ => Midnight(value).AddDays(1 - value.Day),
    };

    /// <summary>The last value before the boundary that an end is clamped to.</summary>
    /// <param name="end">The end.</param>
    /// <param name="granularity">The cursor's smallest step, or null for the unit's own.</param>
    public DateTimeOffset LastBefore(DateTimeOffset end, IsoDuration? granularity) =>
        (granularity ?? DefaultGranularity).TrySubtractFrom(Floor(end), out var before) ? before : end;

    private int DaysToWeek(DateTimeOffset value) => ((int)FirstDay - (int)value.DayOfWeek + 7) % 7;

    private static DateTimeOffset Midnight(DateTimeOffset value) => new(value.Date, value.Offset);
}

/// <summary>What windows are clamped to.</summary>
internal enum ClampingUnit
{
    Day,
    Week,
    Month,
}
