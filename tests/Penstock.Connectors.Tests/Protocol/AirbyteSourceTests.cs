using System.Text;
using System.Text.Json.Nodes;
using Penstock.Connectors.Protocol;
using Penstock.Connectors.Tests.Retrieval;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Protocol;

public class AirbyteSourceTests
{
    private const string Cursor = """incremental_sync: {type: DatetimeBasedCursor, cursor_field: updated, datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01", start_time_option: {type: RequestOption, inject_into: request_parameter, field_name: since}}""";

    [Fact]
    public async Task reading_gives_records_then_the_state_then_the_status()
    {
        var (messages, succeeded) = await ReadAsync(new StubSource(_ => StubSource.Json("""[{"id":1,"updated":"2024-01-03","gone":null,"kept":{"n":null}}]""")), Manifest(Stream("items", stream: Cursor)));
        Assert.True(succeeded);
        Assert.Equal("""{"id":1,"updated":"2024-01-03","kept":{"n":null}}""", Assert.Single(messages, m => Type(m) == "RECORD")["record"]!["data"]!.ToJsonString());
        Assert.Equal("""{"updated":"2024-01-03"}""", StateOf(messages, "items"));
        Assert.Equal(["STARTED", "RUNNING", "COMPLETE"], messages.Where(IsStatus).Select(m => m["trace"]!["stream_status"]!["status"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("""[{"type":"STREAM","stream":{"stream_descriptor":{"name":"items"},"stream_state":{"updated":"2024-01-07"}}}]""")]
    [InlineData("""{"type":"GLOBAL","global":{"stream_states":[{"stream_descriptor":{"name":"items"},"stream_state":{"updated":"2024-01-07"}}]}}""")]
    [InlineData("""{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"items"},"stream_state":{"updated":"2024-01-07"}}}}""")]
    [InlineData("""{"items":{"updated":"2024-01-07"}}""")]
    public async Task every_form_of_state_is_understood(string state)
    {
        var source = new StubSource(_ => StubSource.Json("[]"));
        await ReadAsync(source, Manifest(Stream("items", stream: Cursor)), state);
        Assert.Equal("/items?since=2024-01-07", Assert.Single(source.Requests).Target);
    }

    [Fact]
    public async Task one_stream_that_fails_does_not_stop_the_next()
    {
        var source = new StubSource(request => StubSource.Json("""[{"id":1}]""", request.Url.AbsolutePath == "/bad" ? 403 : 200));
        var (messages, succeeded) = await ReadAsync(source, Manifest(Stream("bad"), Stream("items")));
        Assert.False(succeeded);
        var error = Assert.Single(messages, m => m["trace"]?["type"]?.GetValue<string>() == "ERROR")["trace"]!["error"]!;
        Assert.Equal("bad", error["stream_descriptor"]!["name"]!.GetValue<string>());
        Assert.Equal("items", Assert.Single(messages, m => Type(m) == "RECORD")["record"]!["stream"]!.GetValue<string>());
        Assert.Equal(["INCOMPLETE", "COMPLETE"], messages.Where(IsStatus).Select(m => m["trace"]!["stream_status"]!["status"]!.GetValue<string>()).Where(s => s.EndsWith("COMPLETE", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task a_failed_slice_leaves_the_others_to_be_read()
    {
        var source = new StubSource(request => StubSource.Json("""[{"id":1}]""", request.Target == "/items?region=eu" ? 404 : 200));
        const string Router = "partition_router: {type: ListPartitionRouter, cursor_field: region, values: [eu, us], request_option: {type: RequestOption, inject_into: request_parameter, field_name: region}}";
        var (messages, succeeded) = await ReadAsync(source, Manifest(Stream("items", Router)));
        Assert.False(succeeded);
        Assert.Single(messages, m => Type(m) == "RECORD");
    }

    [Fact]
    public async Task an_unknown_stream_and_a_wrong_state_are_errors()
    {
        var manifest = Manifest(Stream("items"));
        Assert.False((await ReadAsync(new StubSource(), manifest, streams: ["nothing"])).Succeeded);
        Assert.False((await ReadAsync(new StubSource(), manifest, state: "7")).Succeeded);
    }

    [Fact]
    public async Task the_specification_the_catalog_and_the_check_are_written()
    {
        var manifest = Manifest(Stream("items", stream: Cursor + "\n  primary_key: id\n  schema_loader: {type: InlineSchemaLoader, schema: {type: object}}"))
            + "spec: {type: Spec, documentation_url: https://d, connection_specification: {type: object, title: T}}\n";
        var fixture = new ConnectorFixture(new StubSource(_ => StubSource.Json("[]")));
        using var output = new MemoryStream();
        var source = new AirbyteSource(Load(manifest), fixture.Options, output);
        Assert.True(source.WriteSpec());
        Assert.True(await source.DiscoverAsync("{}"u8.ToArray()));
        Assert.True(await source.CheckAsync("{}"u8.ToArray()));
        var messages = Messages(output);
        Assert.Equal("T", messages[0]["spec"]!["connectionSpecification"]!["title"]!.GetValue<string>());
        Assert.Equal("https://d", messages[0]["spec"]!["documentationUrl"]!.GetValue<string>());
        var stream = messages[1]["catalog"]!["streams"]![0]!;
        Assert.Equal("""[["id"]]""", stream["source_defined_primary_key"]!.ToJsonString());
        Assert.Equal("""{"type":"object"}""", stream["json_schema"]!.ToJsonString());
        Assert.Equal("SUCCEEDED", messages[2]["connectionStatus"]!["status"]!.GetValue<string>());
    }

    private static async Task<(List<JsonNode> Messages, bool Succeeded)> ReadAsync(StubSource source, string manifest, string state = "", params string[] streams)
    {
        using var output = new MemoryStream();
        var airbyte = new AirbyteSource(Load(manifest), new ConnectorFixture(source).Options, output);
        var succeeded = await airbyte.ReadAsync("{}"u8.ToArray(), Encoding.UTF8.GetBytes(state), streams);
        return (Messages(output), succeeded);
    }

    private static List<JsonNode> Messages(MemoryStream output) =>
        [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    private static string Type(JsonNode message) => message["type"]!.GetValue<string>();

    private static bool IsStatus(JsonNode message) => message["trace"]?["type"]?.GetValue<string>() == "STREAM_STATUS";

    private static string StateOf(List<JsonNode> messages, string stream) =>
        messages.Last(m => Type(m) == "STATE" && m["state"]!["stream"]!["stream_descriptor"]!["name"]!.GetValue<string>() == stream)["state"]!["stream"]!["stream_state"]!.ToJsonString();
}
