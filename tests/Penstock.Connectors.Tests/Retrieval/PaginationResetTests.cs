using System.Globalization;
using Penstock.Connectors.Streams;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Retrieval;

/// <summary>A source that gives at most so many records for one search, as some do, and how a stream reads it all the same.</summary>
public class PaginationResetTests
{
    private const string Cursor = """incremental_sync: {type: DatetimeBasedCursor, cursor_field: day, datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01", start_time_option: {type: RequestOption, inject_into: request_parameter, field_name: since}}""";
    private const string Paginator = "paginator: {type: DefaultPaginator, page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: page}, pagination_strategy: {type: PageIncrement, page_size: 2}}";

    [Fact]
    public async Task a_limit_of_records_cuts_the_window_at_the_greatest_cursor_value()
    {
        var source = new StubSource(Days);
        var stream = await StreamAsync(source, "pagination_reset: {type: PaginationReset, action: SPLIT_USING_CURSOR, limits: {type: PaginationResetLimits, number_of_records: 4}}");
        var records = await ReadAsync(stream, fromPosition: null);
        Assert.Equal(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-04", "2024-01-05", "2024-01-06", "2024-01-07", "2024-01-07", "2024-01-08"], records.Days);
        Assert.Equal(
            ["/items?since=2024-01-01", "/items?page=1&since=2024-01-01", "/items?since=2024-01-04", "/items?page=1&since=2024-01-04", "/items?since=2024-01-07", "/items?page=1&since=2024-01-07"],
            source.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task another_process_goes_on_with_the_cut_window()
    {
        const string Reset = "pagination_reset: {type: PaginationReset, action: SPLIT_USING_CURSOR, limits: {type: PaginationResetLimits, number_of_records: 4}}";
        var positions = (await ReadAsync(await StreamAsync(new StubSource(Days), Reset), fromPosition: null)).Positions;
        var source = new StubSource(Days);
        await ReadAsync(await StreamAsync(source, Reset), positions[2]);
        Assert.Equal("/items?page=1&since=2024-01-04", source.Requests[0].Target);
        Assert.Equal("/items?since=2024-01-07", source.Requests[1].Target);
    }

    [Fact]
    public async Task a_window_that_cannot_be_cut_further_is_an_error()
    {
        var stream = await StreamAsync(new StubSource(_ => StubSource.Json("""[{"day":"2024-01-01"},{"day":"2024-01-01"}]""")),
            "pagination_reset: {type: PaginationReset, action: SPLIT_USING_CURSOR, limits: {type: PaginationResetLimits, number_of_records: 2}}");
        Assert.Contains("begin the paging again", (await ReadAsync(stream, null)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_source_that_asks_for_a_reset_gets_the_slice_from_its_beginning_once()
    {
        var answers = new Queue<int>([200, 410, 200, 200]);
        var source = new StubSource(request => answers.Dequeue() == 410 ? StubSource.Json("{}", 410) : Days(request));
        var stream = await StreamAsync(source, "", ", error_handler: {type: DefaultErrorHandler, response_filters: [{http_codes: [410], action: RESET_PAGINATION}]}");
        await ReadAsync(stream, null, steps: 3);
        Assert.Equal(["/items?since=2024-01-01", "/items?page=1&since=2024-01-01", "/items?since=2024-01-01", "/items?page=1&since=2024-01-01"], source.Requests.Select(request => request.Target));
    }

    [Theory]
    [InlineData("action: RESET", true)]
    [InlineData("action: SHRUG", false)]
    [InlineData("action: RESET, limits: {type: PaginationResetLimits, number_of_records: 3}", true)]
    public async Task what_a_reset_may_be_is_checked(string reset, bool isFine)
    {
        var source = await new ConnectorFixture(new StubSource()).OpenAsync(Manifest(Stream("items", $"pagination_reset: {{type: PaginationReset, {reset}}}", Cursor)));
        Assert.Equal(isFine, source.Blocked.Count == 0);
    }

    private static Task<IStream> StreamAsync(StubSource source, string reset, string requester = "") =>
        new ConnectorFixture(source).StreamAsync(Manifest(Stream("items", Paginator + "\n    " + reset, Cursor, requester)), "items");

    // Eight records, a day each, two a page, ascending.
    private static HttpResponseMessage Days(StubRequest request)
    {
        var query = System.Web.HttpUtility.ParseQueryString(request.Url.Query);
        var first = int.Parse(query["since"]![^2..], CultureInfo.InvariantCulture) + (2 * int.Parse(query["page"] ?? "0", CultureInfo.InvariantCulture));
        return StubSource.Json($"[{string.Join(',', Enumerable.Range(first, 2).Where(day => day <= 8).Select(day => $$"""{"day":"2024-01-0{{day}}"}"""))}]");
    }

    private static async Task<(List<string> Days, List<string> Positions, string Error)> ReadAsync(IStream stream, string? fromPosition, int steps = 100)
    {
        var (days, positions) = (new List<string>(), new List<string>());
        var slice = ((SlicesPlanned)(await PlanAsync(stream))[0]).Slices[0];
        await foreach (var step in stream.ReadAsync(slice, fromPosition))
        {
            if (step is ReadFailed failed) return (days, positions, failed.Error.Message);
            days.AddRange(((PageRead)step).Records.Select(record => System.Text.Encoding.UTF8.GetString(record.Span)[8..18]));
            positions.Add(((PageRead)step).NextPosition ?? "");
            if (positions.Count == steps) break;
        }

        return (days, positions, "");
    }
}
