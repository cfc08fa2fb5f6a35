using System.Globalization;
using Penstock.Connectors.Datetimes;

namespace Penstock.Connectors.Tests.Datetimes;

public class IsoDurationTests
{
    [Theory]
    [InlineData("P1M", 0, 1, 0)]
    [InlineData("P2W", 0, 0, 1_209_600)]
    [InlineData("-P1DT1H", 0, 0, -90_000)]
    [InlineData("P0,5D", 0, 0, 43_200)]
    [InlineData("P0001-02-03T04:05:06", 1, 2, 273_906)]
    public void a_duration_is_read(string text, int years, int months, int seconds)
    {
        Assert.True(IsoDuration.TryParse(text, out var duration));
        Assert.Equal(new IsoDuration(years, months, TimeSpan.FromSeconds(seconds)), duration);
    }

    [Theory]
    [InlineData("P")]
    [InlineData("1D")]
    [InlineData("P1H")]
    [InlineData("P-1D")]
    [InlineData("PT5M1H")]
    [InlineData("P1D ")]
    [InlineData("P999999999999Y999999999999W")]
    public void other_text_is_not_a_duration(string text) => Assert.False(IsoDuration.TryParse(text, out _));

    [Theory]
    [InlineData("2023-01-31", "P1M", "2023-02-28")]
    [InlineData("2024-02-29", "P1Y", "2025-02-28")]
    [InlineData("2024-03-31", "-P1M", "2024-02-29")]
    [InlineData("2024-12-15", "P14M", "2026-02-15")]
    public void calendar_steps_are_clipped_to_the_month(string start, string text, string expected)
    {
        Assert.True(IsoDuration.TryParse(text, out var duration));
        Assert.True(duration.TryAddTo(Day(start), out var result));
        Assert.Equal(Day(expected), result);
    }

    [Fact]
    public void leaving_the_calendar_is_an_answer_not_a_crash()
    {
        Assert.False(new IsoDuration(1, 0, TimeSpan.Zero).TryAddTo(DateTimeOffset.MaxValue, out _));
        Assert.False(new IsoDuration(0, 0, TimeSpan.MaxValue).TryAddTo(DateTimeOffset.MinValue, out _));
        Assert.False(new IsoDuration(0.5m, 0, TimeSpan.Zero).TryAddTo(Day("2024-01-01"), out _));
    }

    private static DateTimeOffset Day(string text) => new(DateOnly.Parse(text, CultureInfo.InvariantCulture), TimeOnly.MinValue, TimeSpan.Zero);
}
