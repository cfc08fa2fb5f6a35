using Penstock.Connectors.Datetimes;

namespace Penstock.Connectors.Tests.Datetimes;

public class StrftimeTests
{
    private static readonly DateTimeOffset Moment = new(2024, 2, 9, 3, 4, 5, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("%5d|%_5d|%010Y|%8b|", "00009|    9|0000002024|     Feb|")]
    [InlineData("%Ey %Od", "24 09")]
    [InlineData("%E", "%E")]
    [InlineData("%5", "%5")]
    [InlineData("%z %Z", "+0200 UTC+02:00")]
    public void widths_and_modifiers_are_those_of_the_c_library(string format, string expected) =>
        Assert.Equal(expected, Strftime.Format(format, Moment));

    [Fact]
    public void a_naive_datetime_writes_no_time_zone() => Assert.Equal("03||", Strftime.Format("%H|%z|%5Z", Moment, naive: true));

    [Fact]
    public void seconds_before_1970_round_down() =>
        Assert.Equal("-1", Strftime.Format("%s", new DateTimeOffset(1969, 12, 31, 23, 59, 59, 500, TimeSpan.Zero)));
}
