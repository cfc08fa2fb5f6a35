namespace Penstock.Connectors.Tests.Expressions;

public class DatetimeExpressionTests
{
    [Theory]
    [InlineData("{{ now_utc() }}", "'2025-06-15 12:00:00+00:00'")]
    [InlineData("{{ today_utc() }}", "'2025-06-15'")]
    [InlineData("{{ now_utc().strftime('%Y-%m-%dT%H:%M:%SZ') }}", "'2025-06-15T12:00:00Z'")]
    [InlineData("{{ now_utc().isoformat('T', 'milliseconds') }}", "'2025-06-15T12:00:00.000+00:00'")]
    [InlineData("{{ now_utc().timestamp() | int }}", "1749988800")]
    [InlineData("{{ today_with_timezone('Pacific/Kiritimati') }}", "'2025-06-16'")]
    [InlineData("{{ today_with_timezone('Nowhere/X') }}", "!Key")]
    [InlineData("{{ day_delta(-1, '%Y-%m-%d') }}", "'2025-06-14'")]
    [InlineData("{{ day_delta(0.5) }}", "'2025-06-16T00:00:00.000000+0000'")]
    [InlineData("{{ day_delta('x') }}", "\"{{ day_delta('x') }}\"")]
    [InlineData("{{ day_delta(10000000) }}", "!Overflow")]
    [InlineData("{{ [now_utc()] }}", "'[datetime.datetime(2025, 6, 15, 12, 0, tzinfo=datetime.timezone.utc)]'")]
    public void now_is_the_clocks(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ str_to_datetime('2024-01-14') }}", "'2024-01-14 00:00:00+00:00'")]
    [InlineData("{{ str_to_datetime('2024-01-14T13:45:30.5+02:00') }}", "'2024-01-14 11:45:30.500000+00:00'")]
    [InlineData("{{ str_to_datetime('20240114T134530Z') }}", "'2024-01-14 13:45:30+00:00'")]
    [InlineData("{{ str_to_datetime('2024-W03-7') }}", "'2024-01-21 00:00:00+00:00'")]
    [InlineData("{{ str_to_datetime('2024-014') }}", "'2024-01-14 00:00:00+00:00'")]
    [InlineData("{{ str_to_datetime('2024-01-14T24:00') }}", "'2024-01-15 00:00:00+00:00'")]
    [InlineData("{{ str_to_datetime('2024-01-14T13:45:30.123456789Z') }}", "'2024-01-14 13:45:30.123456+00:00'")]
    [InlineData("{{ str_to_datetime('2024-1-4') }}", "!Value")]
    [InlineData("{{ str_to_datetime('14.1.2024') }}", "!Value")]
    [InlineData("{{ str_to_datetime('2024-02-30') }}", "!Value")]
    [InlineData("{{ str_to_datetime(5) }}", "'{{ str_to_datetime(5) }}'")]
    [InlineData("{{ timestamp('2024-01-01') }}", "1704067200.0")]
    [InlineData("{{ timestamp(5.7) }}", "5")]
    public void iso_texts_become_utc(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ format_datetime('2024-01-14T13:45:30Z', '%s') }}", "1705239930")]
    [InlineData("{{ format_datetime('2024-01-14T13:45:30.123456Z', '%ms') }}", "1705239930123")]
    [InlineData("{{ format_datetime('2024-01-14T13:45:30.5Z', '%s_as_float') }}", "1705239930.5")]
    [InlineData("{{ format_datetime(1704067200, '%Y-%m-%d') }}", "'2024-01-01'")]
    [InlineData("{{ format_datetime('14/01/2024', '%Y-%m-%d', '%d/%m/%Y') }}", "'2024-01-14'")]
    [InlineData("{{ format_datetime('Sun, 14 Jan 2024 13:45:30 +0200', '%Y-%m-%dT%H:%M:%S%z', '%a, %d %b %Y %H:%M:%S %z') }}", "'2024-01-14T13:45:30+0200'")]
    [InlineData("{{ format_datetime(now_utc(), '%ms') }}", "'06s'")]
    [InlineData("{{ format_datetime('nope', '%Y') }}", "!Value")]
    [InlineData("{{ format_datetime(today_utc(), '%Y') }}", "\"{{ format_datetime(today_utc(), '%Y') }}\"")]
    [InlineData("{{ format_datetime(1.5, '%Y') }}", "\"{{ format_datetime(1.5, '%Y') }}\"")]
    [InlineData("{{ format_datetime('2024-06-14T13:45:30-07:00', '%Y-%m-%d %H:%M') }}", "'2024-06-14 20:45'")]
    public void format_datetime_reads_texts_numbers_and_datetimes(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ now_utc() - duration('P1D') }}", "'2025-06-14 12:00:00+00:00'")]
    [InlineData("{{ str_to_datetime('2024-03-31') - duration('P1M') }}", "'2024-02-29 00:00:00+00:00'")]
    [InlineData("{{ str_to_datetime('2024-02-29') + duration('P1Y') }}", "'2025-02-28 00:00:00+00:00'")]
    [InlineData("{{ duration('PT36H').days }}", "1")]
    [InlineData("{{ duration('P1M') }}", "'1 month, 0:00:00'")]
    [InlineData("{{ duration('-PT1.5S') }}", "'-1 day, 23:59:58.500000'")]
    [InlineData("{{ duration('P1D') * 2 }}", "'2 days, 0:00:00'")]
    [InlineData("{{ duration('P1D') / duration('PT1H') }}", "24.0")]
    [InlineData("{{ duration('P2D') > duration('P1D') }}", "True")]
    [InlineData("{{ duration('P1M') > duration('P1D') }}", "\"{{ duration('P1M') > duration('P1D') }}\"")]
    [InlineData("{{ duration('1D') }}", "!Value")]
    [InlineData("{{ (now_utc() - str_to_datetime('2025-06-01')).days }}", "14")]
    [InlineData("{{ today_utc() - duration('P1D') }}", "'2025-06-14'")]
    [InlineData("{{ now_utc() > today_utc() }}", "'{{ now_utc() > today_utc() }}'")]
    [InlineData("{{ str_to_datetime('2024-01-02').replace(day=1) }}", "'2024-01-01 00:00:00+00:00'")]
    [InlineData("{{ str_to_datetime('2024-01-31').replace(month=2) }}", "!Value")]
    public void durations_add_and_subtract(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ now_utc().year }}", "2025")]
    [InlineData("{{ now_utc().date() == today_utc() }}", "True")]
    [InlineData("{{ now_utc().weekday() }}", "6")]
    [InlineData("{{ now_utc().isocalendar()[1] }}", "24")]
    [InlineData("{{ now_utc().tzinfo }}", "'UTC'")]
    [InlineData("{{ now_utc().nosuch }}", "''")]
    [InlineData("{{ now_utc().time() }}", "'12:00:00'")]
    [InlineData("{{ str_to_datetime('2024-01-31T10:20:30.5Z').microsecond }}", "500000")]
    [InlineData("{{ max(today_utc(), today_utc() - duration('P1D')) }}", "'2025-06-15'")]
    public void parts_of_datetimes(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ max(1, 5) }}", "5")]
    [InlineData("{{ max([1, 5]) }}", "5")]
    [InlineData("{{ min('10', '9') }}", "10")]
    [InlineData("{{ max([]) }}", "!Value")]
    [InlineData("{{ max(1) }}", "'{{ max(1) }}'")]
    [InlineData("{{ max() }}", "'{{ max() }}'")]
    [InlineData("{{ max(none, 1) }}", "'{{ max(none, 1) }}'")]
    [InlineData("{{ max('abc') }}", "'c'")]
    [InlineData("{{ camel_case_to_snake_case('camelCaseABc') }}", "'camel_case_a_bc'")]
    [InlineData("{{ camel_case_to_snake_case(5) }}", "'{{ camel_case_to_snake_case(5) }}'")]
    public void other_functions(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));
}
