using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Partitions;

/// <summary>What children take from their parents: a first page, and a state.</summary>
public class ParentTests
{
    private const string Cursor = """incremental_sync: {type: DatetimeBasedCursor, cursor_field: updated, datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01", start_time_option: {type: RequestOption, inject_into: request_parameter, field_name: since}}""";

    [Fact]
    public async Task a_childs_first_page_is_in_its_parents_record_and_the_next_ones_are_asked_for()
    {
        var source = new StubSource(request => StubSource.Json(request.Url.AbsolutePath == "/parents"
            ? """[{"id":1,"lines":{"data":[{"n":1},{"n":2}],"next":"b"}},{"id":2}]"""
            : """{"data":[{"n":3}]}"""));
        var stream = await new ConnectorFixture(source).StreamAsync(Manifest(Children("lazy_read_pointer: [lines]")), "lines");
        var slices = (await PlanAsync(stream)).Cast<SlicesPlanned>().SelectMany(batch => batch.Slices).ToList();
        Assert.Equal(["""{"n":1}""", """{"n":2}""", """{"n":3}"""], await RecordsAsync(stream, slices[0]));
        Assert.Empty(await RecordsAsync(stream, slices[1]));
        Assert.Equal(["/parents", "/parents/1/lines?page=b"], source.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task what_is_new_since_a_state_is_asked_for_and_so_is_a_backfill()
    {
        var stream = await new ConnectorFixture(new StubSource(_ => StubSource.Json("""[{"id":1,"lines":{"data":[]}}]"""))).StreamAsync(Manifest(Children("lazy_read_pointer: [lines]", Cursor)), "lines");
        Assert.NotNull(await FirstExtraAsync(stream, new PlanRequest(NoCursors.Instance)));
        Assert.Null(await FirstExtraAsync(stream, new PlanRequest(new Known())));
        Assert.Null(await FirstExtraAsync(stream, new PlanRequest(NoCursors.Instance, new BackfillWindow(new(2024, 1, 1, 0, 0, 0, default), new(2024, 1, 2, 0, 0, 0, default)))));
    }

    [Theory]
    [InlineData("lazy_read_pointer: ['*']", "")]
    [InlineData("lazy_read_pointer: [lines]", Cursor + "\n  ")]
    public async Task what_cannot_be_read_from_a_parent_is_told(string pointer, string cursor)
    {
        var source = await new ConnectorFixture(new StubSource()).OpenAsync(Manifest(Children(pointer, cursor.Replace("start_time_option", "step: P1D, cursor_granularity: P1D, start_time_option", StringComparison.Ordinal))));
        Assert.Equal("lines", Assert.Single(source.Blocked).Name);
    }

    [Fact]
    public async Task a_plan_tells_what_it_has_read_of_parents_that_are_read_incrementally()
    {
        var stream = await new ConnectorFixture(new StubSource(_ => StubSource.Json("""[{"id":1,"updated":"2024-01-05"}]"""))).StreamAsync(
            Manifest(Children("incremental_dependency: true", Cursor, Cursor)), "lines");
        var read = Assert.Single((await PlanAsync(stream)).Cast<SlicesPlanned>().SelectMany(batch => batch.Parents));
        Assert.Equal(["parents"], read.Path);
        Assert.Equal("""{"updated":"2024-01-05"}""", stream.Parent("parents")!.Advance(null, [read.Complete]));

        var again = (SlicesPlanned)(await PlanAsync(stream, new PlanRequest(new Known())))[0];
        Assert.Equal("2024-01-05", Assert.Single(again.Parents).Complete.Slice.Window!.Start);
    }

    [Fact]
    public async Task what_was_read_of_a_parent_before_planning_stopped_counts_when_it_goes_on()
    {
        // Seen in the simulation: the last page had no record, and the parent's cursor stayed at its start.
        var stream = await new ConnectorFixture(new StubSource(request => StubSource.Json(
            request.Url.Query.Contains("page=1", StringComparison.Ordinal) ? "[]" : """[{"id":1,"updated":"2024-01-05"}]"""))).StreamAsync(
            Manifest(Children("incremental_dependency: true", Cursor, Cursor).Replace("path: /parents}", "path: /parents}, paginator: {type: DefaultPaginator, page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: page}, pagination_strategy: {type: PageIncrement, page_size: 1} }", StringComparison.Ordinal)), "lines");
        var first = (SlicesPlanned)(await PlanAsync(stream))[0];
        Assert.Empty(first.Parents);
        var rest = await PlanAsync(stream, new PlanRequest(NoCursors.Instance, Position: first.NextPosition));
        var read = Assert.Single(rest.Cast<SlicesPlanned>().SelectMany(batch => batch.Parents));
        Assert.Equal("""{"updated":"2024-01-05"}""", stream.Parent("parents")!.Advance(null, [read.Complete]));
    }

    private static async Task<string?> FirstExtraAsync(IStream stream, PlanRequest request) => ((SlicesPlanned)(await PlanAsync(stream, request))[0]).Slices[0].ExtraFields;

    private static string Children(string parent, string cursor = "", string parentCursor = "") => $$$"""
        - type: DeclarativeStream
          name: lines
          {{{cursor}}}
          retriever:
            type: SimpleRetriever
            partition_router:
              type: SubstreamPartitionRouter
              parent_stream_configs:
              - type: ParentStreamConfig
                {{{parent}}}
                parent_key: id
                partition_field: parent
                stream:
                  type: DeclarativeStream
                  name: parents
                  {{{parentCursor}}}
                  retriever: {type: SimpleRetriever, requester: {type: HttpRequester, url_base: "https://api.example.com", path: /parents}, record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [] } } }
            requester: {type: HttpRequester, url_base: "https://api.example.com", path: "/parents/{{ stream_slice.parent }}/lines"}
            record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data]}}
            paginator: {type: DefaultPaginator, page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: page}, pagination_strategy: {type: CursorPagination, cursor_value: "{{ response.next }}"}}

        """;

    private sealed class Known : ICursorStates
    {
        public ValueTask<string?> FindAsync(string partition, CancellationToken cancellationToken = default) => new("""{"updated":"2024-01-05"}""");

        public ICursorStates ForParent(string stream) => this;
    }
}
