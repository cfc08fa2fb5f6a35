using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Streams;

public class DelegatingStreamTests
{
    private const string Cursor = """incremental_sync: {type: DatetimeBasedCursor, cursor_field: updated, datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01"}""";

    private readonly StubSource _source = new(_ => StubSource.Json("""[{"updated":"2024-01-09"}]"""));

    [Fact]
    public async Task without_a_state_everything_is_read()
    {
        var stream = await StreamAsync();
        Assert.Equal("/all", await ReadFirstAsync(stream, NoCursors.Instance));
    }

    [Fact]
    public async Task with_a_state_what_is_new_is_read_and_the_state_moves_on()
    {
        var stream = await StreamAsync();
        var states = new OneState("""{"updated":"2024-01-08"}""");
        Assert.Equal("/news", await ReadFirstAsync(stream, states));
        var slice = Assert.Single(Assert.IsType<SlicesPlanned>(Assert.Single(await PlanAsync(stream, new PlanRequest(states)))).Slices);
        Assert.Equal("2024-01-08", slice.Window!.Start);
        Assert.Equal("""{"updated":"2024-01-09"}""", stream.Advance("""{"updated":"2024-01-08"}""", [new CompleteSlice(slice, "\"2024-01-09\"")]));
    }

    [Fact]
    public async Task a_backfill_reads_the_full_stream()
    {
        var stream = await StreamAsync();
        var window = new BackfillWindow(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        var slice = Assert.Single(Assert.IsType<SlicesPlanned>(Assert.Single(await PlanAsync(stream, new PlanRequest(new OneState("""{"updated":"2024-01-08"}"""), window)))).Slices);
        await RecordsAsync(stream, slice);
        Assert.Equal("/all", Assert.Single(_source.Requests).Target);
    }

    [Theory]
    [InlineData("P5D", "2024-01-08", "/news")]
    [InlineData("P5D", "2024-01-02", "/all")]
    public async Task a_state_older_than_the_source_remembers_is_no_state(string retention, string reached, string expected)
    {
        var stream = await StreamAsync($", api_retention_period: {retention}");
        Assert.Equal(expected, await ReadFirstAsync(stream, new OneState($$"""{"updated":"{{reached}}"}""")));
    }

    private Task<IStream> StreamAsync(string extra = "")
    {
        string One(string path) => $$$"""{type: DeclarativeStream, name: items, {{{Cursor}}}, retriever: {type: SimpleRetriever, requester: {type: HttpRequester, url_base: "https://api.example.com", path: "{{{path}}}" }, record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [] } } } }""";
        return new ConnectorFixture(_source).StreamAsync(
            Manifest($$"""- {type: StateDelegatingStream, name: items{{extra}}, full_refresh_stream: {{One("/all")}}, incremental_stream: {{One("/news")}}}""" + "\n"), "items");
    }

    private async Task<string> ReadFirstAsync(IStream stream, ICursorStates states)
    {
        var slice = Assert.Single(Assert.IsType<SlicesPlanned>(Assert.Single(await PlanAsync(stream, new PlanRequest(states)))).Slices);
        await RecordsAsync(stream, slice);
        return _source.Requests[^1].Target;
    }

    private sealed class OneState(string state) : ICursorStates
    {
        public ValueTask<string?> FindAsync(string partition, CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>(state);
    }
}
