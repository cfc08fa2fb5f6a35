using Penstock.Pipelines.Receiving;
using static Penstock.Pipelines.Tests.Receiving.Texts;

namespace Penstock.Pipelines.Tests.Receiving;

public class HubEventReaderTests
{
    private const string Position =
        "\"hub_name\":\"orders\",\"partition_id\":\"3\",\"sequence_number\":42,\"enqueued_at\":\"2026-01-02T03:04:05Z\"";

    private static HubEvent Event(string body) => new(Utf8(body), 42, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static string[] Read(HubEvent hubEvent) => Json(HubEventReader.Read("orders", "3", hubEvent));

    [Fact]
    public void plain_json_keeps_where_it_came_from() =>
        Assert.Equal([$$$"""{"a":1,"_event":{{{{Position}}}}}"""], Read(Event("""{"a":1}""")));

    [Fact]
    public void an_array_is_a_record_an_item() =>
        Assert.Equal(
            [$$$"""{"a":1,"_event":{{{{Position}}},"item_index":0}}""", $$$"""{"a":2,"_event":{{{{Position}}},"item_index":1}}"""],
            Read(Event("""[{"a":1},{"a":2}]""")));

    [Theory]
    [InlineData("not json", "bm90IGpzb24=")]
    [InlineData("", "")]
    [InlineData("{\"a\":", "eyJhIjo=")]
    public void what_is_no_json_is_kept_as_it_came(string body, string base64) =>
        Assert.Equal([$$$"""{"_raw_base64":"{{{base64}}}","_event":{{{{Position}}}}}"""], Read(Event(body)));

    [Fact]
    public void what_is_not_utf8_is_kept_as_it_came() =>
        Assert.StartsWith("""{"_raw_base64":"/wA=",""", Read(Event("") with { Body = new byte[] { 0xFF, 0 } }).Single());

    [Fact]
    public void properties_of_every_type_and_the_ids_are_kept()
    {
        HubEvent sent = Event("{}") with
        {
            PartitionKey = "k",
            MessageId = "m-1",
            CorrelationId = "c-1",
            ContentType = "text/plain",
            Properties = new Dictionary<string, object?>
            {
                ["z"] = null, ["a"] = "é", ["n"] = -5L, ["d"] = 1.5, ["nan"] = double.NaN, ["f"] = true, ["m"] = 1.20m, ["u"] = ulong.MaxValue,
                ["t"] = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), ["b"] = new byte[] { 1 }, ["s"] = TimeSpan.FromSeconds(1),
            },
        };
        Assert.Equal(
            [$$$$"""{"_event":{{{{{Position}}}},"partition_key":"k","message_id":"m-1","correlation_id":"c-1","content_type":"text/plain","application_properties":{"a":"é","b":"AQ==","d":1.5,"f":true,"m":1.20,"n":-5,"nan":"NaN","s":"00:00:01","t":"2026-01-01T00:00:00.0000000Z","u":18446744073709551615,"z":null}}}"""],
            Read(sent));
    }

    [Theory]
    [InlineData("cloudEvents:")]
    [InlineData("cloudEvents_")]
    public void a_binary_cloud_event_is_read_with_either_prefix(string prefix)
    {
        HubEvent sent = Event("""{"a":1}""") with
        {
            ContentType = "application/json",
            Properties = new Dictionary<string, object?>
            {
                [prefix + "specversion"] = "1.0", [prefix + "id"] = "7", [prefix + "source"] = "/s", [prefix + "type"] = "t", ["tenant"] = "x",
            },
        };
        Assert.Equal(
            $$$$"""{"a":1,"_event":{"specversion":"1.0","id":"7","source":"/s","type":"t","datacontenttype":"application/json",{{{{Position}}}},"application_properties":{"tenant":"x"}}}""",
            Read(sent).Single());
    }

    [Fact]
    public void an_incomplete_cloud_event_is_plain_json_and_loses_none_of_its_properties()
    {
        string record = Read(Event("""{"a":1}""") with
        {
            Properties = new Dictionary<string, object?> { ["cloudEvents_specversion"] = "1.0", ["cloudEvents_id"] = "7" },
        }).Single();
        Assert.StartsWith("{\"a\":1,", record);
        Assert.Contains("\"application_properties\":{\"cloudEvents_id\":\"7\",\"cloudEvents_specversion\":\"1.0\"}", record);
    }

    [Fact]
    public void a_structured_cloud_event_is_known_by_its_content_type()
    {
        string body = """{"specversion":"1.0","id":"7","source":"/s","type":"t","data":{"a":1}}""";
        string[] records = Read(Event(body) with { ContentType = "application/cloudevents+json; charset=utf-8" });
        Assert.StartsWith($$"""{"a":1,"_event":{"specversion":"1.0","id":"7","source":"/s","type":"t",{{Position}}""", records.Single());
        Assert.StartsWith("{\"specversion\":", Read(Event(body)).Single());
    }

    [Fact]
    public void binary_data_that_is_no_json_is_kept_as_it_came() =>
        Assert.StartsWith("{\"_raw_base64\":\"PGEvPg==\",\"_event\":{\"specversion\":", Read(Event("<a/>") with
        {
            ContentType = "text/xml",
            Properties = new Dictionary<string, object?>
            {
                ["cloudEvents:specversion"] = "1.0", ["cloudEvents:id"] = "7", ["cloudEvents:source"] = "/s", ["cloudEvents:type"] = "t",
            },
        }).Single());
}
