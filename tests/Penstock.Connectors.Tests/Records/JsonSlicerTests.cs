using System.Text;
using System.Text.Json;
using Penstock.Connectors.Records;

namespace Penstock.Connectors.Tests.Records;

public class JsonSlicerTests
{
    private static List<string> Slice(string json, string[] path, string field = "", bool listsAreBodies = true) =>
        [.. Spans(Cut(json, path, field, listsAreBodies)).Select(span => json.Substring(span.Start, span.Length))];

    private static IEnumerable<RecordSpan> Spans(SlicedRecords records) => Enumerable.Range(0, records.Count).Select(i => records[i]);

    private static SlicedRecords Cut(string json, string[] path, string field = "", bool listsAreBodies = true)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var records = new SlicedRecords(field.Length == 0 ? [] : [field], ["meta", "data"]);
        JsonSlicer.Slice(new BodyBatch(bytes, new[] { ..bytes.Length }, listsAreBodies), new RecordPath(path), records);
        return records;
    }

    [Fact]
    public void A_list_gives_its_elements() =>
        Assert.Equal(["{\"a\":[1,{}]}", "{ \"b\" : 2 }", "{}"], Slice("{\"x\":{\"data\":[1]},\"data\":[{\"a\":[1,{}]} , { \"b\" : 2 },{}],\"y\":null}", ["data"]));

    [Fact]
    public void One_object_is_one_record() => Assert.Equal(["{\"id\":1}"], Slice("{\"data\":{\"id\":1}}", ["data"]));

    [Theory]
    [InlineData("{\"data\":null}")]
    [InlineData("{\"data\":{}}")]
    [InlineData("{\"data\":{ }}")]
    [InlineData("{\"data\":[]}")]
    [InlineData("{\"data\":\"\"}")]
    [InlineData("{\"data\":0}")]
    [InlineData("{\"data\":false}")]
    [InlineData("{\"other\":[1]}")]
    [InlineData("{\"data\":null,\"x\":{\"data\":[{}]}}")]
    [InlineData("7")]
    [InlineData("null")]
    public void Nothing_there_gives_no_record(string json) => Assert.Empty(Slice(json, ["data"]));

    [Fact]
    public void A_path_leads_through_objects_and_list_indexes() =>
        Assert.Equal(["{\"i\":2}"], Slice("{\"a\":[{\"b\":[{\"i\":1}]},{\"b\":[{\"i\":2}]}]}", ["a", "1", "b"]));

    [Fact]
    public void A_wildcard_gives_every_match_as_it_is() =>
        Assert.Equal(["[{\"i\":1}]", "{}", "null"], Slice("{\"a\":{\"x\":{\"b\":[{\"i\":1}]},\"y\":{\"b\":{}},\"z\":{\"b\":null},\"q\":1}}", ["a", "*", "b"]));

    [Fact]
    public void A_wildcard_over_a_list_gives_its_elements() =>
        Assert.Equal(["{\"i\":1}", "{\"i\":2}"], Slice("{\"a\":[{\"i\":1},{\"i\":2}]}", ["a", "*"]));

    [Fact]
    public void A_response_that_is_a_list_holds_a_body_an_element() =>
        Assert.Equal(["{\"i\":1}", "{\"i\":3}", "{\"i\":4}"], Slice("[{\"i\":1},{},null,[{\"i\":3},{\"i\":4}]]", []));

    [Fact]
    public void A_path_into_a_list_response_is_followed_in_each_element() =>
        Assert.Equal(["{\"i\":1}", "{\"i\":2}"], Slice("[{\"a\":{\"i\":1}},{\"a\":[{\"i\":2}]}]", ["a"]));

    [Fact]
    public void Of_repeated_keys_the_last_wins() =>
        Assert.Equal(["{\"i\":2}"], Slice("{\"data\":[{\"i\":0},{\"i\":1}],\"data\":[{\"i\":2}]}", ["data"]));

    [Fact]
    public void A_key_is_recognised_however_it_is_escaped() =>
        Assert.Equal(["{\"i\":1}"], Slice("{\"d\\u0061ta\":[{\"i\":1}]}", ["data"]));

    [Fact]
    public void A_field_is_noted_at_the_top_level_of_records_only()
    {
        const string Json = "{\"data\":[{\"x\":{\"at\":\"no\"},\"at\":\"2024-01-01\",\"y\":1},{\"y\":2},{\"\\u0061t\":1,\"at\":2}]}";
        var records = Cut(Json, ["data"], "at");
        Assert.Equal("\"2024-01-01\"", Json.Substring(records.Field(0, 0).ValueStart, records.Field(0, 0).ValueLength));
        Assert.False(records.Field(1, 0).IsThere);
        Assert.Equal([false, false, true], Spans(records).Select(span => span.RepeatsField));
    }

    [Theory]
    [InlineData("{\"meta\":{\"next\":7},\"data\":[{\"meta\":1}],\"x\":1}", "{\"next\":7}", "[{\"meta\":1}]")]
    [InlineData("[{\"data\":{\"a\":1}},{\"meta\":2}]", null, "{\"a\":1}")]
    public void Fields_of_the_first_body_are_noted(string json, string? meta, string data)
    {
        var response = Cut(json, ["data"]).Response!;
        Assert.Equal(meta, response[0].IsThere ? json.Substring(response[0].ValueStart, response[0].ValueLength) : null);
        Assert.Equal(data, json.Substring(response[1].ValueStart, response[1].ValueLength));
    }

    [Fact]
    public void Records_with_long_numbers_and_without_object_form_are_marked()
    {
        var spans = Spans(Cut("[[{\"n\":[12345678901234567890]},{\"n\":1},7]]", [])).ToList();
        Assert.Equal([true, false, false], spans.Select(span => span.HasLongNumber));
        Assert.Equal([true, true, false], spans.Select(span => span.IsObject));
    }

    [Theory]
    [InlineData("{\"data\":[{\"i\":1}")]
    [InlineData("{\"data\":[{\"i\":1}]")]
    [InlineData("{\"data\":[{\"i\":1}]} x")]
    [InlineData("<html>")]
    [InlineData("")]
    public void What_is_cut_off_or_not_JSON_is_an_error(string json) => Assert.ThrowsAny<JsonException>(() => Slice(json, ["data"]));
}
