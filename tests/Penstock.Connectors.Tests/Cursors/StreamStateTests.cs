using System.Globalization;
using Penstock.Connectors.Cursors;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Tests.Cursors;

public class StreamStateTests
{
    private const string A = """{"id":"a","parent_slice":{}}""";
    private const string B = """{"id":"b","parent_slice":{}}""";
    private static readonly FixedTime Time = new(DateTimeOffset.Parse("2024-01-10T00:00:00Z", CultureInfo.InvariantCulture));

    [Fact]
    public void a_stream_without_a_cursor_ends_with_the_marker_that_airbyte_gives() =>
        Assert.Equal("""{"__ab_no_cursor_state_message":true}""", ValueJsonWriter.ToText(new StreamState(null, new StateShape(null), Time).ToValue(isEnd: true)));

    [Fact]
    public void windows_that_are_read_before_a_failure_count()
    {
        var state = new StreamState(null, new StateShape(Cursor), Time);
        Read(state, "{}", "2024-01-01", "2024-01-05", "\"2024-01-04\"");
        state.Planned(Slice("{}", "2024-01-06", "2024-01-10"));
        Assert.Equal("""{"updated":"2024-01-04"}""", ValueJsonWriter.ToText(state.ToValue(isEnd: true)));
    }

    [Fact]
    public async Task each_partition_has_its_own_state_and_the_greatest_is_global()
    {
        var state = new StreamState(null, Partitioned, Time);
        Assert.Null(await state.FindAsync(A));
        Assert.Null(await state.FindAsync(B));
        Read(state, A, "2024-01-01", "2024-01-10", "\"2024-01-04\"");
        Read(state, B, "2024-01-01", "2024-01-10", null);
        Assert.Equal(
            """{"use_global_cursor":false,"states":[{"partition":{"id":"a","parent_slice":{}},"cursor":{"updated":"2024-01-04"}},{"partition":{"id":"b","parent_slice":{}},"cursor":{"updated":"2024-01-01"}}],"state":{"updated":"2024-01-04"},"lookback_window":0,"parent_state":{}}""",
            ValueJsonWriter.ToText(state.ToValue(isEnd: true)));
    }

    [Fact]
    public async Task a_new_partition_begins_at_the_global_state_less_the_lookback()
    {
        var state = new StreamState(Parse("""{"states":[{"partition":{"id":"a","parent_slice":{}},"cursor":{"updated":"2024-01-02"}}],"state":{"updated":"2024-01-08"},"lookback_window":86400}"""), Partitioned, Time);
        Assert.Equal("""{"updated":"2024-01-02"}""", await state.FindAsync(A));
        Assert.Equal("""{"updated":"2024-01-07"}""", await state.FindAsync(B));
    }

    [Fact]
    public async Task a_state_from_before_there_were_partitions_serves_them_all()
    {
        var state = new StreamState(Parse("""{"updated":"2024-01-08"}"""), Partitioned, Time);
        Assert.Equal("""{"updated":"2024-01-08"}""", await state.FindAsync(A));
    }

    [Fact]
    public async Task while_a_partition_fails_the_global_state_and_the_parents_stay()
    {
        var state = new StreamState(Parse("""{"states":[],"state":{"updated":"2024-01-03"},"lookback_window":5}"""), Partitioned, Time);
        await state.FindAsync(A);
        await state.FindAsync(B);
        state.Planned(Slice(A, "2024-01-01", "2024-01-10"));
        Read(state, B, "2024-01-01", "2024-01-10", "\"2024-01-09\"");
        var value = state.ToValue(isEnd: true);
        Assert.Equal("2024-01-03", value.Find("state").AsDict!.Find("updated").AsText);
        Assert.False(value.TryGet("parent_state", out _));
    }

    [Fact]
    public async Task a_global_cursor_keeps_one_state_for_all_partitions()
    {
        var state = new StreamState(null, Partitioned with { IsGlobal = true }, Time);
        await state.FindAsync(A);
        Read(state, A, "2024-01-01", "2024-01-10", "\"2024-01-04\"");
        Assert.Equal("""{"use_global_cursor":true,"state":{"updated":"2024-01-04"},"lookback_window":0,"parent_state":{}}""", ValueJsonWriter.ToText(state.ToValue(isEnd: true)));
    }

    [Fact]
    public async Task the_states_of_incremental_parents_are_kept_with_the_childs()
    {
        var shape = Partitioned with { Parents = new Dictionary<string, StateShape> { ["orders"] = new(Cursor) } };
        var state = new StreamState(Parse("""{"states":[],"parent_state":{"orders":{"updated":"2024-01-02"}}}"""), shape, Time);
        var parent = state.ForParent("orders");
        Assert.Equal("""{"updated":"2024-01-02"}""", await parent.FindAsync("{}"));
        var slice = Slice("{}", "2024-01-02", "2024-01-10");
        parent.Planned(slice);
        parent.Complete(slice, "\"2024-01-07\"");
        await state.FindAsync(A);
        Read(state, A, "2024-01-01", "2024-01-10", "\"2024-01-04\"");
        Assert.Equal("2024-01-07", state.ToValue(isEnd: true).Find("parent_state").AsDict!.Find("orders").AsDict!.Find("updated").AsText);
    }

    private static StateShape Partitioned => new(Cursor, IsPartitioned: true, Parents: new Dictionary<string, StateShape>());

    private static DatetimeBasedCursor Cursor => new("updated", ("start_time", "end_time"), new CursorDatetimes("%Y-%m-%d", []),
        asOf => new DatetimeBounds(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), asOf, null, null, null, null), Time);

    private static DictValue Parse(string json) => ValueJsonReader.Read(json).AsDict!;

    private static StreamSlice Slice(string partition, string start, string end) => new(partition, new SliceWindow(start, end));

    private static void Read(StreamState state, string partition, string start, string end, string? greatest)
    {
        var slice = Slice(partition, start, end);
        state.Planned(slice);
        state.Complete(slice, greatest);
    }
}
