using System.IO.Compression;
using System.Text;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Tests.Retrieval;
using static Penstock.Connectors.Tests.Retrieval.StubSource;

namespace Penstock.Connectors.Tests.Records;

public class DecodingTests
{
    private static string With(string decoder, string path = "[]") =>
        ReadingFixture.Plain.Replace("field_path: [data]", $"field_path: {path}") + $"\ndecoder: {decoder}";

    private static Task<Reading> ReadAsync(string decoder, byte[] body, string path = "[]", ReadingOptions? options = null, Connectors.Http.TransportOptions? transport = null) =>
        new ReadingFixture(new StubSource(Bytes(body))) { Options = options ?? new(), Transport = transport ?? new() }.ReadAsync(With(decoder, path));

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    [Fact]
    public async Task JSON_lines_are_a_record_each_whatever_their_line_ends()
    {
        var reading = await ReadAsync("{ type: JsonlDecoder }", Text("{\"a\":1}\r\n\n  \n{\"a\":2}\n{\"a\":3}"));
        Assert.Equal(["{\"a\":1}", "{\"a\":2}", "{\"a\":3}"], reading.Records.Select(record => record.Trim()));
    }

    [Fact]
    public async Task A_line_that_is_cut_off_is_an_error()
    {
        var reading = await ReadAsync("{ type: JsonlDecoder }", Text("{\"a\":1}\n{\"a\":"));
        Assert.Contains("not JSON", reading.Error!.Message);
    }

    [Fact]
    public async Task A_long_stream_is_given_in_parts_and_goes_on_after_any_of_them()
    {
        var body = Text(string.Concat(Enumerable.Range(0, 1000).Select(i => $"{{\"id\":{i}}}\n")));
        var options = new ReadingOptions { StreamedPageBytes = 1000 };
        var whole = await ReadAsync("{ type: JsonlDecoder }", body, options: options);
        Assert.Equal(1000, whole.Records.Count);
        Assert.True(whole.Pages.Count > 5);
        Assert.Null(whole.Pages[^1].NextPosition);

        var after = whole.Pages[2];
        var before = whole.Pages.Take(3).Sum(page => page.Filtered) + whole.Records.IndexOf(whole.Records[0]);
        var rest = await new ReadingFixture(new StubSource(Bytes(body))) { Options = options }.ReadAsync(With("{ type: JsonlDecoder }"), after.NextPosition);
        Assert.Equal("""{"id":999}""", rest.Records[^1]);
        Assert.Equal(1000, rest.Records.Count + int.Parse(rest.Records[0][6..^1]));
        Assert.Equal(0, before);
        Assert.All(rest.Pages, page => Assert.Equal(0, page.Filtered));
    }

    [Fact]
    public async Task CSV_rows_are_objects_of_texts()
    {
        var reading = await ReadAsync("{ type: CsvDecoder }", Text("\uFEFFid,\"na,me\",x\r\n1,\"say \"\"hi\"\"\",\r\n\r\n2,\"two\r\nlines\"\r\n"));
        Assert.Equal(["""{"id":"1","na,me":"say \"hi\"","x":""}""", """{"id":"2","na,me":"two\nlines","x":null}"""], reading.Records);
    }

    [Fact]
    public async Task CSV_has_its_own_delimiter_encoding_and_nulls()
    {
        var reading = await ReadAsync("{ type: CsvDecoder, delimiter: \"\\\\t\", encoding: cp1252, set_values_to_none: [\"\", \"--\"] }", Encoding.Latin1.GetBytes("a\tb\tc\nü\t--\t\n"));
        Assert.Equal(["""{"a":"ü","b":null,"c":null}"""], reading.Records);
    }

    [Fact]
    public async Task A_row_with_more_values_than_columns_is_an_error()
    {
        var reading = await ReadAsync("{ type: CsvDecoder }", Text("a,b\n1,2\n3,4,secret\n"));
        Assert.Contains("Row 3", reading.Error!.Message);
        Assert.DoesNotContain("secret", reading.Error.Message);
    }

    [Fact]
    public async Task XML_becomes_objects_with_attributes_texts_and_lists()
    {
        const string Xml = "<?xml version=\"1.0\"?><r xmlns:n=\"u\"><item id=\"1\">one</item><item><n:a/><b> x <!-- no --></b><b><![CDATA[<y>]]></b></item></r>";
        var reading = await ReadAsync("{ type: XmlDecoder }", Text(Xml), "[r, item]");
        Assert.Equal(["""{"@id":"1","#text":"one"}""", """{"n:a":null,"b":["x","<y>"]}"""], reading.Records);
    }

    [Fact]
    public async Task XML_that_defines_entities_is_refused()
    {
        var reading = await ReadAsync("{ type: XmlDecoder }", Text("<!DOCTYPE r [<!ENTITY a \"aaaa\">]><r>&a;</r>"), "[r]");
        Assert.Contains("not XML", reading.Error!.Message);
    }

    [Fact]
    public async Task Lines_of_text_are_records_with_a_field() =>
        Assert.Equal(["""{"record":"a \"b\""}""", """{"record":"c"}"""], (await ReadAsync("{ type: IterableDecoder }", Text("a \"b\"\r\nc\n"))).Records);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Gzip_is_unpacked_as_often_as_it_is_packed(int times)
    {
        var body = Text("{\"a\":1}\n{\"a\":2}\n");
        for (var i = 0; i < times; i++)
        {
            body = Pack(body);
        }

        Assert.Equal(2, (await ReadAsync("{ type: GzipDecoder, decoder: { type: GzipDecoder, decoder: { type: JsonlDecoder } } }", body)).Records.Count);
    }

    [Fact]
    public async Task What_unpacks_to_too_much_is_refused()
    {
        var reading = await ReadAsync("{ type: GzipDecoder, decoder: { type: JsonlDecoder } }", Pack(new byte[10_000_000]), transport: new() { MaxStreamedBytes = 1_000_000 });
        Assert.Contains("larger than the limit", reading.Error!.Message);
    }

    [Fact]
    public async Task A_line_without_end_is_refused()
    {
        var reading = await ReadAsync("{ type: JsonlDecoder }", Text(new string('x', 100_000)), transport: new() { MaxResponseBytes = 50_000 });
        Assert.Contains("line longer than the limit", reading.Error!.Message);
    }

    [Fact]
    public async Task All_files_of_an_archive_are_read()
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in (string[])["a.csv", "b.csv"])
            {
                await using var file = archive.CreateEntry(name).Open();
                file.Write(Text($"name\n{name}\n"));
            }
        }

        var reading = await ReadAsync("{ type: ZipfileDecoder, decoder: { type: CsvDecoder } }", packed.ToArray());
        Assert.Equal(["""{"name":"a.csv"}""", """{"name":"b.csv"}"""], reading.Records);
        Assert.Contains("not a ZIP", (await ReadAsync("{ type: ZipfileDecoder, decoder: { type: CsvDecoder } }", Text("PK?"))).Error!.Message);
    }

    [Fact]
    public async Task Items_inside_a_document_are_bodies() =>
        Assert.Equal(["""{"i":1}""", """{"i":2}"""], (await ReadAsync("{ type: JsonItemsDecoder, items_path: a.b }", Text("""{"x":[{"i":0}],"a":{"b":[{"i":1},{"i":2}]}}"""))).Records);

    [Fact]
    public async Task JSON_that_is_not_UTF8_is_an_error() =>
        Assert.Contains("not UTF-8", (await ReadAsync("{ type: JsonDecoder }", Encoding.Latin1.GetBytes("[{\"a\":\"ü\"}]"))).Error!.Message);
}
