using Penstock.Pipelines.Receiving;
using static Penstock.Pipelines.Tests.Receiving.Texts;

namespace Penstock.Pipelines.Tests.Receiving;

public class JsonBodyTests
{
    private static readonly EventEnvelope Delivery = EventEnvelope.Write(writer => writer.WriteString("id", "d-1"));

    [Fact]
    public void an_object_is_one_record_on_one_line_with_its_numbers_and_escapes_as_they_came() =>
        Assert.Equal(
            ["""{"a":1.00,"b":12345678901234567890123,"c":"x \" \\ \u00e9 é y","d":[1,{"e":null}]}"""],
            Json(JsonBody.Read(
                Utf8("{\n  \"a\": 1.00,\r\n\t\"b\": 12345678901234567890123, \"c\" : \"x \\\" \\\\ \\u00e9 é y\",\n \"d\": [ 1, { \"e\": null } ]\n}\n"),
                EventEnvelope.Empty)));

    [Fact]
    public void the_items_of_an_array_are_a_record_each_and_those_that_are_no_objects_are_wrapped() =>
        Assert.Equal(
            ["""{"a":1}""", """{"_value":5}""", """{"_value":[1,2]}""", """{"_value":null}"""],
            Json(JsonBody.Read(Utf8("""[{"a":1}, 5, [1, 2], null]"""), EventEnvelope.Empty)));

    [Fact]
    public void an_empty_array_has_no_records() => Assert.Empty(Json(JsonBody.Read(Utf8(" [ ] "), EventEnvelope.Empty)));

    [Fact]
    public void a_byte_order_mark_is_left_out() =>
        Assert.Equal(["""{"a":1}"""], Json(JsonBody.Read([0xEF, 0xBB, 0xBF, .. Utf8("""{"a":1}""")], EventEnvelope.Empty)));

    [Fact]
    public void what_is_known_of_the_event_goes_into_each_record_and_an_index_tells_the_items_apart() =>
        Assert.Equal(
            ["""{"a":1,"_event":{"id":"d-1","item_index":0}}""", """{"_event":{"id":"d-1","item_index":1}}"""],
            Json(JsonBody.Read(Utf8("""[{"a":1},{}]"""), Delivery)));

    [Fact]
    public void a_single_event_has_no_index() =>
        Assert.Equal(["""{"a":1,"_event":{"id":"d-1"}}"""], Json(JsonBody.Read(Utf8("""{"a":1}"""), Delivery)));

    [Theory]
    [InlineData("""{"_event":1}""", """{"_event":{"id":"d-1","own_event":1}}""")]
    [InlineData("""{"_event" : {"x": 1} , "a":2}""", """{"a":2,"_event":{"id":"d-1","own_event":{"x":1}}}""")]
    [InlineData("""{"a":2, "_event" : "x"}""", """{"a":2,"_event":{"id":"d-1","own_event":"x"}}""")]
    [InlineData("""{"a":2,"_event":[],"b":3}""", """{"a":2,"b":3,"_event":{"id":"d-1","own_event":[]}}""")]
    [InlineData("""{"a":{"_event":1}}""", """{"a":{"_event":1},"_event":{"id":"d-1"}}""")]
    [InlineData("""{"a":"_event"}""", """{"a":"_event","_event":{"id":"d-1"}}""")]
    [InlineData("""{"\u005fevent":1,"a":2}""", """{"a":2,"_event":{"id":"d-1","own_event":1}}""")]
    public void a_payloads_own_member_event_gives_way_and_is_kept(string body, string record) =>
        Assert.Equal([record], Json(JsonBody.Read(Utf8(body), Delivery)));

    [Fact]
    public void a_payload_cannot_pass_its_own_member_event_off_as_ours() =>
        Assert.Equal(
            ["""{"_event":{"own_event":{"id":"forged"}}}"""],
            Json(JsonBody.Read(Utf8("""{"_event":{"id":"forged"}}"""), EventEnvelope.Empty)));

    [Theory]
    [InlineData("{\"a\":1,\n\"b\":}", 2, 5)]
    [InlineData("{\"a\":1}{\"a\":2}", 1, 8)]
    [InlineData("[{\"a\":1},]", 1, 10)]
    [InlineData("{\"a\":1", 1, 7)]
    [InlineData("{'a':1}", 1, 2)]
    [InlineData("{\"a\":1 /* x */}", 1, 8)]
    [InlineData("{\"_event\":1,\"_event\":2}", 1, 13)]
    [InlineData("{\n \"a\":\"\\ud800\"}", 2, 6)]
    public void what_is_no_json_is_refused_with_its_place(string body, int line, int column)
    {
        EventsUnreadable unreadable = Unreadable(JsonBody.Read(Utf8(body), EventEnvelope.Empty));
        Assert.Equal((line, column), (unreadable.Line, unreadable.Column));
        Assert.DoesNotContain("LineNumber", unreadable.Problem);
    }

    [Fact]
    public void what_is_not_utf8_is_refused_with_its_place()
    {
        EventsUnreadable unreadable = Unreadable(JsonBody.Read([.. Utf8("{\"a\":\n\""), 0xFF, .. Utf8("\"}")], EventEnvelope.Empty));
        Assert.Equal((2, 2), (unreadable.Line, unreadable.Column));
    }

    [Fact]
    public void a_whole_surrogate_pair_is_a_character() =>
        Assert.Equal(["""{"a":"\ud83d\ude00"}"""], Json(JsonBody.Read(Utf8("""{"a":"\ud83d\ude00"}"""), EventEnvelope.Empty)));

    [Fact]
    public void nesting_beyond_what_a_reader_takes_is_refused() =>
        Unreadable(JsonBody.Read(Utf8(new string('[', 61) + new string(']', 61)), EventEnvelope.Empty));

    [Fact]
    public void json_lines_are_a_record_a_line()
    {
        byte[] body = Utf8("{\"a\":1}\r\n\n  {\"a\": 2}\n[1]");
        Assert.Equal(["""{"a":1}""", """{"a":2}""", """{"_value":[1]}"""], Json(JsonBody.ReadLines(body, EventEnvelope.Empty)));
    }

    [Fact]
    public void a_bad_line_is_named()
    {
        EventsUnreadable unreadable = Unreadable(JsonBody.ReadLines(Utf8("{\"a\":1}\n{\"a\":x}\n"), EventEnvelope.Empty));
        Assert.Equal((2, 6), (unreadable.Line, unreadable.Column));
    }
}
