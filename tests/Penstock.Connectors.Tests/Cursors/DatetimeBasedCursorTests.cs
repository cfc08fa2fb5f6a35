using System.Globalization;
using System.Text;
using Penstock.Connectors.Cursors;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Tests.Cursors;

public class DatetimeBasedCursorTests
{
    private static readonly DateTimeOffset Now = At("2024-01-10T00:00:00Z");

    [Fact]
    public void without_a_state_windows_go_from_the_start_to_the_end_and_do_not_overlap()
    {
        var windows = Cursor(step: "P3D", granularity: "P1D").Plan(null, Now);
        Assert.Equal(["2024-01-01..2024-01-03", "2024-01-04..2024-01-06", "2024-01-07..2024-01-10"], windows.Select(Text));
    }

    [Fact]
    public void without_a_step_there_is_one_window() =>
        Assert.Equal(["2024-01-05..2024-01-10"], Cursor().Plan("""{"updated":"2024-01-05"}""", Now).Select(Text));

    [Fact]
    public void calendar_steps_add_up_month_by_month()
    {
        var cursor = Cursor(step: "P1M", granularity: "P1D", start: "2024-01-31T00:00:00Z");
        Assert.Equal(["2024-01-31..2024-02-28", "2024-02-29..2024-03-28", "2024-03-29..2024-04-01"], cursor.Plan(null, At("2024-04-01T00:00:00Z")).Select(Text));
    }

    [Fact]
    public void the_lookback_goes_back_from_the_state_but_not_before_the_start()
    {
        Assert.Equal(["2024-01-03..2024-01-10"], Cursor(lookback: "P5D").Plan("""{"updated":"2024-01-08"}""", Now).Select(Text));
        Assert.Equal(["2024-01-01..2024-01-10"], Cursor(lookback: "P30D").Plan("""{"updated":"2024-01-08"}""", Now).Select(Text));
    }

    [Fact]
    public void the_floor_of_a_window_is_the_state_without_the_lookback() =>
        Assert.Equal("2024-01-08", Assert.Single(Cursor(lookback: "P5D").Plan("""{"updated":"2024-01-08"}""", Now)).Floor);

    [Fact]
    public void nothing_is_planned_once_the_end_is_reached() => Assert.Empty(Cursor().Plan("""{"updated":"2024-01-10"}""", Now));

    [Fact]
    public void gaps_in_a_state_of_intervals_are_filled()
    {
        const string State = """{"state_type":"date-range","slices":[{"start":"2024-01-01","end":"2024-01-03"},{"start":"2024-01-06","end":"2024-01-07"}]}""";
        Assert.Equal(["2024-01-04..2024-01-05", "2024-01-07..2024-01-10"], Cursor(step: "P10D", granularity: "P1D").Plan(State, Now).Select(Text));
    }

    [Fact]
    public void a_backfill_reads_its_window_only_and_never_the_future()
    {
        var cursor = Cursor(step: "P2D", granularity: "P1D");
        Assert.Equal(["2023-12-30..2023-12-31", "2024-01-01..2024-01-01"], cursor.PlanWithin(new(At("2023-12-30T00:00:00Z"), At("2024-01-02T00:00:00Z")), Now).Select(Text));
        Assert.Equal(["2024-01-09..2024-01-10"], cursor.PlanWithin(new(At("2024-01-09T00:00:00Z"), At("2025-01-01T00:00:00Z")), Now).Select(Text));
    }

    [Fact]
    public void the_state_becomes_the_greatest_value_of_contiguous_windows_and_keeps_its_other_fields()
    {
        var cursor = Cursor(step: "P3D", granularity: "P1D");
        var state = cursor.Advance("""{"other":1,"updated":"2024-01-01"}""", [Complete("2024-01-01", "2024-01-03", "\"2024-01-02\""), Complete("2024-01-04", "2024-01-06", null)], Now);
        Assert.Equal("""{"other":1,"updated":"2024-01-02"}""", state);
    }

    [Fact]
    public void the_state_does_not_jump_over_a_gap()
    {
        var cursor = Cursor(step: "P3D", granularity: "P1D");
        var state = cursor.Advance(null, [Complete("2024-01-01", "2024-01-03", "\"2024-01-02\""), Complete("2024-01-07", "2024-01-10", "\"2024-01-09\"")], Now);
        Assert.Equal("""{"updated":"2024-01-02"}""", state);
    }

    [Fact]
    public void moving_over_the_same_windows_again_changes_nothing()
    {
        var cursor = Cursor(step: "P3D", granularity: "P1D");
        CompleteSlice[] complete = [Complete("2024-01-01", "2024-01-03", "\"2024-01-02\"")];
        var once = cursor.Advance(null, complete, Now);
        Assert.Equal(once, cursor.Advance(once, complete, Now));
    }

    [Fact]
    public void a_state_is_read_in_any_input_format_and_written_in_the_output_format() =>
        Assert.Equal("""{"updated":"2024-01-05"}""", Cursor(inputs: ["%s"]).Advance("""{"updated":1704412800}""", [], Now));

    [Theory]
    [InlineData("""{"updated":"yesterday"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void a_state_that_cannot_be_read_is_told_without_its_content(string state)
    {
        var fault = Assert.Throws<SourceFaultException>(() => Cursor().Plan(state, Now).ToList());
        Assert.Equal(SourceErrorKind.Config, fault.Error.Kind);
        Assert.DoesNotContain("yesterday", fault.Error.Message);
    }

    [Theory]
    [InlineData("\"2024-01-04\"", false)]
    [InlineData("\"2024-01-05\"", true)]
    [InlineData("\"2024-01-11\"", false)]
    [InlineData("\"never\"", true)]
    [InlineData("", true)]
    public void a_record_belongs_to_the_slice_between_floor_and_end(string value, bool expected)
    {
        var slice = new StreamSlice("{}", new SliceWindow("2024-01-01", "2024-01-10", "2024-01-05"));
        Assert.Equal(expected, Cursor().ShouldBeSynced(Encoding.UTF8.GetBytes(value), slice));
    }

    [Fact]
    public void values_are_ranked_by_time_not_by_text()
    {
        var cursor = new DatetimeBasedCursor("at", ("s", "e"), new CursorDatetimes("%d/%m/%Y", []), _ => throw new InvalidOperationException(), TimeProvider.System);
        Assert.True(cursor.TryRank("\"31/01/2024\""u8, out var earlier));
        Assert.True(cursor.TryRank("\"01/02/2024\""u8, out var later));
        Assert.True(later > earlier);
        Assert.False(cursor.TryRank("null"u8, out _));
    }

    [Theory]
    [InlineData("Day", "2024-01-02T06:00:00Z", "2024-01-03..2024-01-03")]
    [InlineData("Month", "2023-11-10T00:00:00Z", "2023-12-01..2023-12-31")]
    public void windows_are_clamped_to_whole_units(string target, string start, string expected)
    {
        var unit = Enum.Parse<ClampingUnit>(target);
        var clamping = new Clamping(unit);
        var step = unit == ClampingUnit.Day ? "P1D" : "P1M";
        var end = clamping.Floor(unit == ClampingUnit.Day ? At("2024-01-05T07:00:00Z") : At("2024-01-10T00:00:00Z")).AddDays(-1);
        var cursor = Cursor(step: step, granularity: "P1D", start: start, end: end, clamping: clamping);
        Assert.Equal(expected, string.Join('|', cursor.Plan(null, Now).Select(Text)));
    }

    private static DatetimeBasedCursor Cursor(
        string? step = null, string? granularity = null, string? lookback = null, string start = "2024-01-01T00:00:00Z", string[]? inputs = null, DateTimeOffset? end = null, Clamping? clamping = null) => new(
        "updated", ("start_time", "end_time"), new CursorDatetimes("%Y-%m-%d", inputs ?? []),
        asOf => new DatetimeBounds(At(start), end ?? asOf, Duration(step), Duration(lookback), Duration(granularity), clamping), new FixedTime(Now));

    private static IsoDuration? Duration(string? text) => text is null ? null : IsoDuration.TryParse(text, out var duration) ? duration : throw new FormatException(text);

    private static CompleteSlice Complete(string start, string end, string? greatest) => new(new StreamSlice("{}", new SliceWindow(start, end)), greatest);

    private static string Text(SliceWindow window) => $"{window.Start}..{window.End}";

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
