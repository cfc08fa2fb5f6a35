using System.Globalization;
using Penstock.Connectors.Datetimes;

namespace Penstock.Connectors.Tests.Datetimes;

public class IsoDatetimeTests
{
    [Theory]
    [InlineData("2024", "2024-01-01T00:00:00.000000")]
    [InlineData("2024-02", "2024-02-01T00:00:00.000000")]
    [InlineData("20240203", "2024-02-03T00:00:00.000000")]
    [InlineData("2024-02-03", "2024-02-03T00:00:00.000000")]
    [InlineData("2024-W05-3", "2024-01-31T00:00:00.000000")]
    [InlineData("2024W053", "2024-01-31T00:00:00.000000")]
    [InlineData("2024-060", "2024-02-29T00:00:00.000000")]
    [InlineData("2024-02-03T04", "2024-02-03T04:00:00.000000")]
    [InlineData("2024-02-03 04:05", "2024-02-03T04:05:00.000000")]
    [InlineData("20240203T040506Z", "2024-02-03T04:05:06.000000")]
    [InlineData("2024-02-03T04:05:06,5", "2024-02-03T04:05:06.500000")]
    [InlineData("2024-02-03T04:05:06.123456789z", "2024-02-03T04:05:06.123456")]
    [InlineData("2024-02-03T04:05+02", "2024-02-03T02:05:00.000000")]
    [InlineData("2024-02-03T04:05:06-0330", "2024-02-03T07:35:06.000000")]
    [InlineData("2024-02-03T24:00", "2024-02-04T00:00:00.000000")]
    public void a_datetime_is_read_in_every_form_of_the_standard(string text, string expected)
    {
        Assert.True(IsoDatetime.TryParse(text, out var utc));
        Assert.Equal(expected, utc.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        Assert.Equal(DateTimeKind.Utc, utc.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("202")]
    [InlineData("202401")]
    [InlineData("2024-1-2")]
    [InlineData("2024-13-01")]
    [InlineData("2024-02-30")]
    [InlineData("2023-366")]
    [InlineData("2024-W54")]
    [InlineData("2024-02-03T")]
    [InlineData("2024-02-03T25:00")]
    [InlineData("2024-02-03T04:05:60")]
    [InlineData("2024-02-03T24:00:01")]
    [InlineData("2024-02-03T0405:06")]
    [InlineData("2024-02-03T04:05+2")]
    [InlineData("2024-02-03T04:05 Z")]
    [InlineData("0000-01-01")]
    [InlineData("0001-01-01T00:00+01:00")]
    [InlineData("é024-02-03")]
    public void what_is_no_datetime_is_not_read(string text) => Assert.False(IsoDatetime.TryParse(text, out _));
}
