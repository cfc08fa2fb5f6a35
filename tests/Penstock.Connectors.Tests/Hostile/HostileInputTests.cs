using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using static Penstock.Connectors.Tests.Retrieval.StubSource;

namespace Penstock.Connectors.Tests.Hostile;

/// <summary>Manifests and sources that mean harm, or might as well: each ends with a clear error, bounded in time and memory.</summary>
public class HostileInputTests
{
    private const int Megabyte = 1024 * 1024;
    private const string Paged = """
        type: SimpleRetriever
        requester: { type: HttpRequester, url_base: "https://api.example.com", path: items }
        record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
        paginator: { type: DefaultPaginator, page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }, pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}" } }
        """;

    [Theory]
    [InlineData("""{"data":[{"id":1}],"next":"same"}""", "the paging would never end")]
    [InlineData("""{"data":[{"id":1}],"next":"NEW"}""", "it seems to ignore the page token")]
    [InlineData("""{"data":[],"next":"NEW"}""", "10000 pages without a record")]
    public async Task paging_without_an_end_ends(string page, string expected)
    {
        var number = 1_000_000;
        var error = await ErrorAsync(Paged, _ => Json(page.Replace("NEW", $"{++number}", StringComparison.Ordinal)));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("definitions: {a: {$ref: '#/definitions/b'}, b: {$ref: '#/definitions/a'}}\nstreams: [{$ref: '#/definitions/a'}]", "leads back to itself")]
    [InlineData("definitions: {a: {b: {$ref: '#/definitions/a'}}}\nstreams: [{$ref: '#/definitions/a'}]", "leads back to itself")]
    [InlineData("streams: ['#/streams/0']", "leads back to itself")]
    [InlineData("definitions: {a: &a [x, x, x, x, x, x, x, x, x, x], b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a], c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b], d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c], e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d], f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]}", "more than 1000000 nodes")]
    [InlineData("definitions: {a: &a [*a]}", "contains itself")]
    public void a_manifest_that_grows_without_an_end_is_refused(string yaml, string expected) => Refused("version: 6.0.0\ntype: DeclarativeSource\ncheck: {type: CheckStream}\n" + yaml, expected);

    [Fact]
    public void references_that_double_thirty_times_are_refused()
    {
        var definitions = string.Concat(Enumerable.Range(1, 30).Select(n => $"  d{n}: {{x: {{$ref: '#/definitions/d{n - 1}'}}, y: {{$ref: '#/definitions/d{n - 1}'}}}}\n"));
        Refused($"version: 6.0.0\ntype: DeclarativeSource\ncheck: {{type: CheckStream}}\ndefinitions:\n  d0: {{z: 1}}\n{definitions}streams: [{{$ref: '#/definitions/d30'}}]", "more than 1000000 nodes");
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000)]
    public void a_manifest_that_nests_too_deep_is_refused(int depth) => Refused("a: " + new string('[', depth) + new string(']', depth), "nested deeper");

    [Theory]
    [InlineData("type: JsonDecoder", "Content-Encoding")]
    [InlineData("type: JsonlDecoder", "Content-Encoding")]
    [InlineData("type: GzipDecoder, decoder: { type: JsonDecoder }", "")]
    [InlineData("type: GzipDecoder, decoder: { type: JsonlDecoder }", "")]
    [InlineData("type: GzipDecoder, decoder: { type: GzipDecoder, decoder: { type: CsvDecoder } }", "")]
    public async Task a_gzip_bomb_is_refused(string decoder, string header)
    {
        var bomb = Gzip(64 * Megabyte);
        var error = await ErrorAsync(Decoding(decoder), _ => Packed(decoder.Contains("GzipDecoder, decoder: { type: GzipDecoder", StringComparison.Ordinal) ? Gzip(bomb) : bomb, header));
        Assert.True(error.Contains("is larger than the limit", StringComparison.Ordinal) || error.Contains("longer than the limit", StringComparison.Ordinal), error);
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(40, 2)]
    public async Task a_zip_bomb_is_refused_in_one_file_or_in_many(int files, int megabytes)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < files; i++)
            {
                using var file = archive.CreateEntry($"{i}.csv", CompressionLevel.Fastest).Open();
                file.Write("a\n"u8);
                var line = Encoding.ASCII.GetBytes(new string('x', 1023) + "\n");
                for (var kilobyte = 0; kilobyte < megabytes * 1024; kilobyte++) file.Write(line);
            }
        }

        Assert.Contains("is larger than the limit", await ErrorAsync(Decoding("type: ZipfileDecoder, decoder: { type: CsvDecoder }"), _ => Bytes(packed.ToArray())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task json_a_hundred_levels_deep_is_read()
    {
        var record = $"{{\"a\":{new string('[', 100)}null{new string(']', 100)}}}";
        var reading = await ReadAsync(Decoding("type: JsonDecoder"), _ => Json($"[{record}]"));
        Assert.Equal(record, Assert.Single(reading.Records));
    }

    [Theory]
    [InlineData("type: JsonDecoder", 1_000)]
    [InlineData("type: JsonDecoder", 100_000)]
    [InlineData("type: JsonlDecoder", 100_000)]
    [InlineData("type: XmlDecoder", 100_000)]
    public async Task a_response_that_nests_too_deep_is_refused(string decoder, int depth)
    {
        var body = decoder.Contains("Xml", StringComparison.Ordinal)
            ? string.Concat(Enumerable.Repeat("<a>", depth))
            : $"{{\"a\":{new string('[', depth)}{new string(']', depth)}}}";
        Assert.NotEmpty(await ErrorAsync(Decoding(decoder), _ => Json(body)));
    }

    [Fact]
    public async Task an_entity_bomb_in_xml_is_refused() => Assert.Contains("is not XML", await ErrorAsync(
        Decoding("type: XmlDecoder"), _ => Json("<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><l>&b;</l>")), StringComparison.Ordinal);

    [Theory]
    [InlineData("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}")]
    [InlineData("{% for a in 'x' * 100000 %}{% for b in 'x' * 100000 %}{% for c in 'x' * 100000 %}{% endfor %}{% endfor %}{% endfor %}")]
    [InlineData("{{ 'x' * 1000000000 }}")]
    [InlineData("{{ ('x' * 100000) | center(2000000000) }}")]
    [InlineData("{{ '%2000000000d' % 1 }}")]
    [InlineData("{{ 10 ** (10 ** 10) }}")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")]
    [InlineData("{% set ns = namespace(t='x') %}{% for a in 'x' * 1000 %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}{{ ns.t }}")]
    public async Task a_template_that_loops_for_ever_or_builds_a_gigabyte_is_stopped(string template)
    {
        var error = await ErrorAsync(Decoding("type: JsonDecoder").Replace("path: items", $"path: \"{template.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"", StringComparison.Ordinal), _ => Json("[]"));
        Assert.Contains("template", error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task a_pattern_that_would_backtrack_for_ever_does_not()
    {
        var path = "{{ ('a' * 50000) | regex_search('((a+)+b)') }}x";
        Assert.Null((await ReadAsync(Decoding("type: JsonDecoder").Replace("path: items", $"path: \"{path}\"", StringComparison.Ordinal), _ => Json("[]"))).Error);
    }

    [Theory]
    [InlineData("type: JsonDecoder")]
    [InlineData("type: JsonlDecoder")]
    public async Task invalid_utf8_is_an_error_that_says_so(string decoder) =>
        Assert.Contains("UTF-8", await ErrorAsync(Decoding(decoder), _ => Bytes([.. "{\"a\":\""u8, 0xff, 0xc3, .. "\"}"u8])), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://2852039166/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com/")]
    public async Task a_redirect_to_an_address_that_may_not_be_called_is_refused(string target)
    {
        var source = new StubSource(_ => Json("", 302, ("Location", target)));
        var reading = await new ReadingFixture(source).ReadAsync(Decoding("type: JsonDecoder"));
        Assert.Single(source.Requests);
        Assert.Contains(target.StartsWith("http", StringComparison.Ordinal) ? "was not made" : "not http", reading.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task redirects_that_go_round_in_circles_end() =>
        Assert.Contains("redirected more than", await ErrorAsync(Decoding("type: JsonDecoder"), _ => Json("", 302, ("Location", "/items"))), StringComparison.Ordinal);

    [Fact]
    public async Task a_page_that_is_too_large_is_refused_before_it_is_held() =>
        Assert.Contains("is larger than the limit of 4194304 bytes", await ErrorAsync(Decoding("type: JsonDecoder"), _ => Endless("[\"", "x"u8.ToArray())), StringComparison.Ordinal);

    [Fact]
    public async Task a_line_without_an_end_is_refused() =>
        Assert.Contains("a line longer than the limit", await ErrorAsync(Decoding("type: JsonlDecoder"), _ => Endless("{\"a\":\"", "x"u8.ToArray())), StringComparison.Ordinal);

    [Fact]
    public async Task a_large_page_of_lines_is_streamed_in_little_memory()
    {
        var line = Encoding.ASCII.GetBytes($"{{\"id\":1,\"text\":\"{new string('x', 480)}\"}}\n");
        var count = 64 * Megabyte / line.Length;
        var built = Fixture(_ => new HttpResponseMessage { Content = new StreamContent(new RepeatedStream([], line, (long)count * line.Length)) }, 128).Build(Decoding("type: JsonlDecoder"))!;
        long records = 0, most = 0;
        await foreach (var step in built.ReadAsync(new(StreamSlice.Whole, new Penstock.Connectors.Values.DictValue()), null))
        {
            records += Assert.IsType<PageRead>(step).Records.Count;
            most = Math.Max(most, ((PageRead)step).Records.Sum(record => (long)record.Length));
        }

        Assert.Equal(count, records);
        Assert.InRange(most, 1, 10 * Megabyte);
    }

    private static string Decoding(string decoder) => $$"""
        type: SimpleRetriever
        decoder: { {{decoder}} }
        requester: { type: HttpRequester, url_base: "https://api.example.com", path: items }
        record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
        """;

    private static ReadingFixture Fixture(Func<StubRequest, HttpResponseMessage> answer, int streamedMegabytes = 16) => new(new StubSource(answer))
    {
        Transport = new TransportOptions { MaxResponseBytes = 4 * Megabyte, MaxStreamedBytes = (long)streamedMegabytes * Megabyte },
    };

    private static Task<Reading> ReadAsync(string retriever, Func<StubRequest, HttpResponseMessage> answer) => Fixture(answer).ReadAsync(retriever);

    private static async Task<string> ErrorAsync(string retriever, Func<StubRequest, HttpResponseMessage> answer)
    {
        var (start, before) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
        var reading = await ReadAsync(retriever, answer);
        Assert.NotNull(reading.Error);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 2_000L * Megabyte);
        return reading.Error.Message;
    }

    private static void Refused(string yaml, string expected)
    {
        var loaded = Connector.Load(yaml, "hostile.yaml");
        Assert.Contains(loaded.Problems, problem => problem.Message.Contains(expected, StringComparison.Ordinal) && problem.Line > 0);
    }

    private static byte[] Gzip(int zeros) => Gzip(new byte[zeros]);

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static HttpResponseMessage Packed(byte[] body, string header)
    {
        var response = Bytes(body);
        if (header.Length > 0) response.Content.Headers.ContentEncoding.Add("gzip");
        return response;
    }

    private static HttpResponseMessage Endless(string start, byte[] rest) =>
        new(HttpStatusCode.OK) { Content = new StreamContent(new RepeatedStream(Encoding.UTF8.GetBytes(start), [.. Enumerable.Repeat(rest[0], 8192)], long.MaxValue / 2)) };

    /// <summary>Some bytes, and then others again and again.</summary>
    private sealed class RepeatedStream(byte[] start, byte[] rest, long length) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = 0;
            while (given < count && _position < start.Length + length)
            {
                var source = _position < start.Length ? start.AsSpan((int)_position) : rest.AsSpan((int)((_position - start.Length) % rest.Length));
                var part = (int)Math.Min(Math.Min(source.Length, count - given), start.Length + length - _position);
                source[..part].CopyTo(buffer.AsSpan(offset + given));
                (given, _position) = (given + part, _position + part);
            }

            return given;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
