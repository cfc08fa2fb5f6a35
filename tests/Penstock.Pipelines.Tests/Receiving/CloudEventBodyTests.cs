using Penstock.Pipelines.Receiving;
using static Penstock.Pipelines.Tests.Receiving.Texts;

namespace Penstock.Pipelines.Tests.Receiving;

public class CloudEventBodyTests
{
    private const string Attributes = """
        "specversion":"1.0","id":"1","source":"/orders","type":"order.made"
        """;

    [Fact]
    public void the_data_is_the_record_and_the_attributes_are_its_envelope()
    {
        string body = $$"""{{{Attributes}}, "time":"2026-01-02T03:04:05Z", "subject":"é", "sampledrate":3, "vip":true, "dataschema":null, "data" : {"total": 9.50} }""";
        Assert.Equal(
            [$$$"""{"total":9.50,"_event":{{{{Attributes}}},"time":"2026-01-02T03:04:05Z","subject":"é","sampledrate":3,"vip":true}}"""],
            Json(CloudEventBody.Read(Utf8(body), EventEnvelope.Empty)));
    }

    [Theory]
    [InlineData("\"data\":[1,2]", "\"_value\":[1,2],")]
    [InlineData("\"data\":\"<a/>\",\"datacontenttype\":\"text/xml\"", "\"_value\":\"<a/>\",")]
    [InlineData("\"data\":null", "")]
    [InlineData("\"subject\":null", "")]
    [InlineData("\"data_base64\":\"eyJhIjoxfQ==\"", "\"a\":1,")]
    [InlineData("\"data_base64\":\"eyJhIjoxfQ==\",\"datacontenttype\":\"application/octet-stream\"", "\"_raw_base64\":\"eyJhIjoxfQ==\",")]
    [InlineData("\"data_base64\":\"/w==\"", "\"_raw_base64\":\"/w==\",")]
    public void data_of_every_kind_is_kept(string data, string members) =>
        Assert.StartsWith(
            $$"""{{{members}}"_event":{{{Attributes}}""",
            Json(CloudEventBody.Read(Utf8($$"""{{{Attributes}},{{data}}}"""), EventEnvelope.Empty)).Single());

    [Fact]
    public void a_batch_is_a_record_an_event_in_order() =>
        Assert.Equal(
            [$$$"""{"a":1,"_event":{{{{Attributes}}}}}""", $$$"""{"_event":{{{{Attributes.Replace("\"1\"", "\"2\"")}}}}}"""],
            Json(CloudEventBody.ReadBatch(
                Utf8($"[{{{Attributes}, \"data\":{{\"a\":1}}}}, {{{Attributes.Replace("\"1\"", "\"2\"")}}}]"), EventEnvelope.Empty)));

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s"}""", "'type'")]
    [InlineData("""{"specversion":"1.0","id":"","source":"s","type":"t"}""", "'id'")]
    [InlineData("""{"specversion":"1.0","id":7,"source":"s","type":"t"}""", "'id'")]
    [InlineData("""{"specversion":"0.3","id":"1","source":"s","type":"t"}""", "0.3")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"t","traceParent":"x"}""", "'traceParent'")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"t","ext":{}}""", "'ext'")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"t","data_base64":"*"}""", "base64")]
    [InlineData("[]", "object")]
    public void what_is_no_cloud_event_is_refused_with_the_reason_and_the_place(string body, string reason)
    {
        EventsUnreadable unreadable = Unreadable(CloudEventBody.Read(Utf8(body), EventEnvelope.Empty));
        Assert.Contains(reason, unreadable.Problem);
        Assert.Equal(1, unreadable.Line);
        Assert.True(unreadable.Column > 0);
    }

    [Fact]
    public void one_broken_event_refuses_the_batch_and_is_found_by_its_place()
    {
        EventsUnreadable unreadable = Unreadable(CloudEventBody.ReadBatch(
            Utf8($$"""
            [{{{Attributes}}},
             {"specversion":"1.0"}]
            """), EventEnvelope.Empty));
        Assert.Equal((2, 2), (unreadable.Line, unreadable.Column));
    }

    [Fact]
    public void a_batch_must_be_an_array() => Unreadable(CloudEventBody.ReadBatch(Utf8($"{{{Attributes}}}"), EventEnvelope.Empty));

    [Fact]
    public void the_spec_s_example_is_read() =>
        Assert.Equal(
            ["""{"appinfoA":"abc","appinfoB":123,"appinfoC":true,"_event":{"specversion":"1.0","type":"com.example.someevent","source":"/mycontext","id":"C234-1234-1234"}}"""],
            Json(CloudEventBody.Read(Utf8("""
            {
                "specversion" : "1.0",
                "type" : "com.example.someevent",
                "source" : "/mycontext",
                "subject": null,
                "id" : "C234-1234-1234",
                "data" : {
                    "appinfoA" : "abc",
                    "appinfoB" : 123,
                    "appinfoC" : true
                }
            }
            """), EventEnvelope.Empty)));
}
