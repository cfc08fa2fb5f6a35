using System.Text;
using Penstock.Connectors.Streams;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Retrieval.Jobs;

public class AsyncRetrieverTests
{
    private const string Manifest = """
        version: 6.0.0
        type: DeclarativeSource
        check: {type: CheckStream, stream_names: [reports]}
        streams:
        - type: DeclarativeStream
          name: reports
          transformations: [{type: AddFields, fields: [{path: [job], value: "{{ stream_slice.extra_fields['creation_response']['id'] }}"}]}]
          retriever:
            type: AsyncRetriever
            status_mapping: {running: [busy], completed: [done], failed: [broken], timeout: [late], skipped: [empty]}
            status_extractor: {type: DpathExtractor, field_path: [state]}
            download_target_extractor: {type: DpathExtractor, field_path: [urls]}
            creation_requester: {type: HttpRequester, url_base: "https://api.example.com", path: /jobs, http_method: POST}
            polling_requester: {type: HttpRequester, url_base: "https://api.example.com", path: "/jobs/{{ creation_response['id'] }}"}
            download_requester: {type: HttpRequester, url_base: "https://api.example.com", path: "{{ download_target }}"}
            delete_requester: {type: HttpRequester, url_base: "https://api.example.com", path: "/jobs/{{ creation_response['id'] }}", http_method: DELETE}
            record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}, record_filter: {type: RecordFilter, condition: "{{ record.n > 1 }}"}}
        """;

    private readonly Queue<string> _states = new();
    private List<string> _records = [];
    private int _jobs;

    [Fact]
    public async Task a_job_is_created_awaited_downloaded_and_deleted_by_whichever_process_goes_on()
    {
        _states.Enqueue("busy");
        _states.Enqueue("done");
        var source = new StubSource(Answer);
        var fixture = new ConnectorFixture(source);
        var steps = new List<ReadStep>();
        string? position = null;
        do
        {
            // Each step is another process: only the position is kept.
            var stream = await fixture.StreamAsync(Manifest, "reports");
            await foreach (var step in stream.ReadAsync(StreamSlice.Whole, position))
            {
                steps.Add(step);
                if (step is PageRead page) (position, _records) = (page.NextPosition, [.. _records, .. page.Records.Select(record => Encoding.UTF8.GetString(record.Span))]);
                if (step is ReadWaits waits) fixture.Time.Advance(waits.Until - fixture.Time.GetUtcNow());
                if (step is not PageRead { NextPosition: null }) break;
            }
        }
        while (position is not null);

        Assert.Single(steps.OfType<ReadWaits>());
        Assert.Equal(["""{"n":2,"job":1}""", """{"n":3,"job":1}"""], _records);
        Assert.Equal(
            ["POST /jobs", "GET /jobs/1", "GET /jobs/1", "GET /a", "GET /b", "DELETE /jobs/1"],
            source.Requests.Select(request => $"{request.Method} {request.Target}"));
        Assert.Equal(1, _jobs);
    }

    [Fact]
    public async Task a_job_that_fails_is_created_again_three_times_at_most()
    {
        for (var i = 0; i < 3; i++) _states.Enqueue("broken");
        var stream = await new ConnectorFixture(new StubSource(Answer)).StreamAsync(Manifest, "reports");
        var last = await LastAsync(stream);
        Assert.Contains("failed 3 times", Assert.IsType<ReadFailed>(last).Error.Message);
        Assert.Equal(3, _jobs);
    }

    [Theory]
    [InlineData("empty", true)]
    [InlineData("surprising", false)]
    public async Task a_skipped_job_has_no_records_and_an_unknown_status_is_an_error(string state, bool isFine)
    {
        _states.Enqueue(state);
        var stream = await new ConnectorFixture(new StubSource(Answer)).StreamAsync(Manifest, "reports");
        Assert.Equal(isFine, await LastAsync(stream) is PageRead { NextPosition: null });
    }

    [Fact]
    public async Task a_job_that_takes_too_long_is_aborted_and_a_pause_is_kept_before_the_next()
    {
        for (var i = 0; i < 3; i++) _states.Enqueue("busy");
        var source = new StubSource(Answer);
        var fixture = new ConnectorFixture(source);
        var stream = await fixture.StreamAsync(
            Manifest.Replace("    delete_requester", "    polling_job_timeout: \"{{ 10 }}\"\n    failed_retry_wait_time_in_seconds: 90\n    abort_requester: {type: HttpRequester, url_base: \"https://api.example.com\", path: \"/jobs/{{ creation_response['id'] }}/stop\", http_method: POST}\n    delete_requester", StringComparison.Ordinal), "reports");
        var position = ((PageRead)(await StepsAsync(stream, null))[0]).NextPosition;
        fixture.Time.Advance(TimeSpan.FromMinutes(11));
        var steps = await StepsAsync(stream, position);
        Assert.Equal(fixture.Time.GetUtcNow() + TimeSpan.FromSeconds(90), Assert.IsType<ReadWaits>(steps[^1]).Until);
        Assert.Equal(["POST /jobs", "GET /jobs/1", "POST /jobs/1/stop"], source.Requests.Where(request => request.Target != "/jobs/1" || request.Method == "GET").Select(request => $"{request.Method} {request.Target}").Distinct());
        fixture.Time.Advance(TimeSpan.FromSeconds(90));
        await StepsAsync(stream, ((PageRead)steps[^2]).NextPosition);
        Assert.Equal(2, _jobs);
    }

    [Theory]
    [InlineData("", "[{\"a\":\"1\",\"b\":null},{\"a\":null,\"b\":\"x,y\"}]")]
    [InlineData(", preserve_na_values: true", "[{\"a\":\"1\",\"b\":\"NA\"},{\"a\":null,\"b\":\"x,y\"}]")]
    public async Task a_download_may_be_a_file_of_csv_packed_or_not(string fields, string expected)
    {
        _states.Enqueue("done");
        var csv = "a,b\n1,NA\n,\"x,y\"\n"u8.ToArray();
        var source = new StubSource(request => request.Target is "/a" ? StubSource.Bytes(Gzip(csv)) : request.Target is "/b" ? StubSource.Bytes("a,b\n"u8.ToArray()) : Answer(request));
        var manifest = Manifest.Replace("    delete_requester", $"    download_extractor: {{type: ResponseToFileExtractor{fields}}}\n    delete_requester", StringComparison.Ordinal)
            .Replace(", record_filter: {type: RecordFilter, condition: \"{{ record.n > 1 }}\"}", "", StringComparison.Ordinal)
            .Replace("transformations: [", "ignored: [", StringComparison.Ordinal);
        var stream = await new ConnectorFixture(source).StreamAsync(manifest, "reports");
        Assert.Equal(expected, $"[{string.Join(',', await RecordsAsync(stream, StreamSlice.Whole))}]");
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static async Task<List<ReadStep>> StepsAsync(IStream stream, string? position)
    {
        var steps = new List<ReadStep>();
        await foreach (var step in stream.ReadAsync(StreamSlice.Whole, position))
        {
            steps.Add(step);
            if (step is ReadWaits || (position is null && step is PageRead)) break;
        }

        return steps;
    }

    private static async Task<ReadStep?> LastAsync(IStream stream)
    {
        ReadStep? last = null;
        await foreach (var step in stream.ReadAsync(StreamSlice.Whole, null)) last = step;
        return last;
    }

    private HttpResponseMessage Answer(StubRequest request) => (request.Method, request.Target) switch
    {
        ("POST", "/jobs") => StubSource.Json($$"""{"id":{{++_jobs}}}"""),
        ("GET", "/a") => StubSource.Json("""[{"n":1},{"n":2}]"""),
        ("GET", "/b") => StubSource.Json("""[{"n":3}]"""),
        ("DELETE", _) => StubSource.Json("{}"),
        _ => StubSource.Json($$"""{"state":"{{_states.Dequeue()}}","urls":["/a","/b"]}"""),
    };
}
