using System.Globalization;
using Penstock.Connectors.Datetimes;

namespace Penstock.Connectors.Tests.Datetimes;

public class DatetimeFormatTests
{
    [Theory]
    [InlineData("%Y-%m-%dT%H:%M:%SZ", "2024-1-2T3:4:5Z", "2024-01-02T03:04:05.0000000+00:00")]
    [InlineData("%Y-%m-%dT%H:%M:%S.%f%z", "2024-01-02T03:04:05.5-08:00", "2024-01-02T03:04:05.5000000-08:00")]
    [InlineData("%Y-%m-%dT%H:%M:%S%z", "2024-01-02T03:04:05Z", "2024-01-02T03:04:05.0000000+00:00")]
    [InlineData("%Y-%m-%dT%H:%M:%S-12:00", "2024-01-02T03:04:05-12:00", "2024-01-02T03:04:05.0000000+00:00")]
    [InlineData("%Y%m%d", "2024112", "2024-11-02T00:00:00.0000000+00:00")]
    [InlineData("%s", "-1", "1969-12-31T23:59:59.0000000+00:00")]
    [InlineData("%ms", "1704067200123", "2024-01-01T00:00:00.1230000+00:00")]
    [InlineData("%s_as_float", "1577934245.9999999", "2020-01-02T03:04:06.0000000+00:00")]
    [InlineData("%epoch_microseconds", "1704067200000001", "2024-01-01T00:00:00.0000010+00:00")]
    [InlineData("%d %B %Y %I:%M %p", "3 march 2024 12:05 AM", "2024-03-03T00:05:00.0000000+00:00")]
    [InlineData("%Y %W %w", "2024 10 0", "2024-03-10T00:00:00.0000000+00:00")]
    [InlineData("%G-W%V-%u", "2025-W01-1", "2024-12-30T00:00:00.0000000+00:00")]
    public void a_text_that_fits_is_read(string format, string text, string expected)
    {
        Assert.True(DatetimeFormat.Of(format).TryParse(text, out var datetime));
        Assert.Equal(expected, datetime.ToString("o", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("%Y-%m-%d", "2023-02-29")]
    [InlineData("%Y-%m-%d", "2024-01-02T00:00:00")]
    [InlineData("%Y-%m-%dT%H:%M:%S%z", "2024-01-02T03:04:05z")]
    [InlineData("%H:%M:%S", "23:59:61")]
    [InlineData("%Y-%Y", "2024-2024")]
    [InlineData("%Q", "x")]
    [InlineData("%s", "1.5")]
    [InlineData("%s", "99999999999999999999")]
    [InlineData("%Y-%m-%dT%H:%M:%S%z", "0001-01-01T00:00:00+01:00")]
    public void a_text_that_does_not_fit_is_not_read(string format, string text) =>
        Assert.False(DatetimeFormat.Of(format).TryParse(text, out _));

    [Theory]
    [InlineData("%Y-%m-%dT%H:%M:%S.%_msZ", "2024-02-29T23:05:09.045Z")]
    [InlineData("%s", "1709247909")]
    [InlineData("%ms", "1709247909045")]
    [InlineData("%s_as_float", "1709247909.045678")]
    [InlineData("created_on:gt:%Y-%m-%dT%H:%M:%S%z", "created_on:gt:2024-02-29T23:05:09+0000")]
    [InlineData("%-d/%-m %j %y %a", "29/2 060 24 Thu")]
    [InlineData("100% %Q", "100% %Q")]
    public void a_datetime_is_written(string format, string expected)
    {
        var datetime = new DateTimeOffset(2024, 2, 29, 23, 5, 9, TimeSpan.Zero).AddTicks(456780);
        Assert.Equal(expected, DatetimeFormat.Of(format).Format(datetime));
    }

    [Fact]
    public void milliseconds_are_truncated_from_a_double_as_the_reference_does()
    {
        var datetime = new DateTimeOffset(2038, 12, 14, 22, 58, 59, 654, TimeSpan.Zero);
        Assert.Equal("2175980339653", DatetimeFormat.Of("%ms").Format(datetime));
    }
}
