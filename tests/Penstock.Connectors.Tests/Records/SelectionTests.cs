using System.Text;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using Penstock.Connectors.Values.Json;
using static Penstock.Connectors.Tests.Retrieval.StubSource;

namespace Penstock.Connectors.Tests.Records;

public class SelectionTests
{
    private static async Task<string> TransformAsync(string transformations, string record, string config = "{}", string slice = "{}")
    {
        var reading = await ReadAsync(transformations, record, config, slice);
        Assert.Null(reading.Error);
        return Assert.Single(reading.Records);
    }

    private static Task<Reading> ReadAsync(string transformations, string record, string config = "{}", string slice = "{}") =>
        new ReadingFixture(new StubSource(Json($"{{\"data\":[{record}]}}"))) { Transformations = transformations, Config = config, StreamSlice = ValueJsonReader.Read(slice).AsDict! }
            .ReadAsync(ReadingFixture.Plain);

    [Theory]
    [InlineData("{ path: [b], value: \"{{ record['a'] }}\" }", "{\"a\":1,\"b\":1}")]
    [InlineData("{ path: [b], value: \"{{ record['a'] }}\", value_type: string }", "{\"a\":1,\"b\":\"1\"}")]
    [InlineData("{ path: [b, c, '1'], value: x }", "{\"a\":1,\"b\":{\"c\":[null,\"x\"]}}")]
    [InlineData("{ path: [a], value: \"{{ stream_partition.id }}-{{ config.k }}\" }", "{\"a\":\"7-v\"}")]
    [InlineData("{ path: [b], value: \"{{ now_utc().strftime('%Y') }}\" }", "{\"a\":1,\"b\":2025}")]
    public async Task Fields_are_added(string field, string expected) =>
        Assert.Equal(expected, await TransformAsync($"[ {{ type: AddFields, fields: [ {field} ] }} ]", "{\"a\":1}", """{"k":"v"}""", """{"id":7}"""));

    [Fact]
    public async Task A_later_field_sees_an_earlier_one_and_a_condition_decides() =>
        Assert.Equal(
            """{"a":1,"b":2,"c":3}""",
            await TransformAsync("[ { type: AddFields, fields: [ { path: [b], value: \"{{ record.a + 1 }}\" }, { path: [c], value: \"{{ record.b + 1 }}\" }, { path: [d], value: \"0\" } ], condition: \"{{ value != 0 }}\" } ]", "{\"a\":1}"));

    [Fact]
    public async Task A_field_below_a_scalar_is_an_error()
    {
        var reading = await ReadAsync("[ { type: AddFields, fields: [ { path: [a, b], value: x } ] } ]", "{\"a\":1}");
        Assert.Contains("a.b", reading.Error!.Message);
    }

    [Theory]
    [InlineData("[[a]]", "{\"b\":{\"c\":1,\"a\":2},\"l\":[1,{\"a\":3}]}")]
    [InlineData("[[b, a], [nothing, x]]", "{\"a\":1,\"b\":{\"c\":1},\"l\":[1,{\"a\":3}]}")]
    [InlineData("[['**', a]]", "{\"b\":{\"c\":1},\"l\":[1,{}]}")]
    [InlineData("[['*', '?']]", "{\"a\":1,\"b\":{},\"l\":[null]}")]
    [InlineData("[[l, '0']]", "{\"a\":1,\"b\":{\"c\":1,\"a\":2},\"l\":[null,{\"a\":3}]}")]
    public async Task Fields_are_removed(string pointers, string expected) =>
        Assert.Equal(expected, await TransformAsync($"[ {{ type: RemoveFields, field_pointers: {pointers} }} ]", "{\"a\":1,\"b\":{\"c\":1,\"a\":2},\"l\":[1,{\"a\":3}]}"));

    [Fact]
    public async Task A_condition_removes_scalars_wherever_they_are() =>
        Assert.Equal(
            """{"b":{"c":"x"}}""",
            await TransformAsync("[ { type: RemoveFields, field_pointers: [['**']], condition: \"{{ property|string|length == 0 or property is none }}\" } ]", """{"a":null,"b":{"c":"x","d":""}}"""));

    [Theory]
    [InlineData("KeysToLower", "{\"A\":1,\"bC\":{\"D\":1}}", "{\"a\":1,\"bc\":{\"D\":1}}")]
    [InlineData("KeysToSnakeCase", "{\"camelCase\":1,\"With Space\":{\"HTTPServer\":1},\"x-y\":2,\"2nd\":3,\"Größe\":4,\"list\":[{\"aB\":1}]}", "{\"camel_case\":1,\"with_space\":{\"httpserver\":1},\"x_y\":2,\"_2_nd\":3,\"grosse\":4,\"list\":[{\"aB\":1}]}")]
    [InlineData("FlattenFields", "{\"a\":{\"b\":1,\"c\":{\"d\":2}},\"e\":[5,{\"f\":6}],\"b\":9}", "{\"b\":9,\"e.1.f\":6,\"e.0\":5,\"a.b\":1,\"a.c.d\":2}")]
    public async Task Keys_are_changed(string type, string record, string expected) =>
        Assert.Equal(Sorted(expected), Sorted(await TransformAsync($"[ {{ type: {type} }} ]", record)));

    // The order of fields carries no meaning, and the reference's own varies.
    private static string Sorted(string json) =>
        string.Join(',', ValueJsonReader.Read(json).AsDict!.Entries.OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"));

    [Fact]
    public async Task A_text_in_keys_is_replaced() =>
        Assert.Equal("""{"_a":{"_b":1}}""", await TransformAsync("[ { type: KeysReplace, old: \"$\", new: \"_\" } ]", """{"$a":{"$b":1}}"""));

    [Theory]
    [InlineData("", "{\"id\":1,\"p\":{\"x\":1,\"y\":2},\"x\":1,\"y\":2}")]
    [InlineData(", delete_origin_value: true", "{\"id\":1,\"x\":1,\"y\":2}")]
    [InlineData(", replace_record: true", "{\"x\":1,\"y\":2}")]
    [InlineData(", delete_origin_value: true, key_transformation: { type: KeyTransformation, prefix: \"p_{{ config.k }}\", suffix: _s }", "{\"id\":1,\"p_vx_s\":1,\"p_vy_s\":2}")]
    public async Task A_nested_objects_fields_move_up(string fields, string expected) =>
        Assert.Equal(expected, await TransformAsync($"[ {{ type: DpathFlattenFields, field_path: [p]{fields} }} ]", """{"id":1,"p":{"x":1,"y":2}}""", """{"k":"v"}"""));

    [Fact]
    public async Task Names_that_are_taken_are_not_overwritten() =>
        Assert.Equal("""{"x":0,"p":{"x":1}}""", await TransformAsync("[ { type: DpathFlattenFields, field_path: [p], delete_origin_value: true } ]", """{"x":0,"p":{"x":1}}"""));

    [Theory]
    [InlineData("", "{\"id\":3,\"n\":4}")]
    [InlineData(", transform_before_filtering: true", "{\"id\":1,\"n\":2};{\"id\":3,\"n\":4}")]
    public async Task Records_are_filtered_before_or_after_they_are_changed(string order, string expected)
    {
        var retriever = ReadingFixture.Plain.Replace("type: RecordSelector,", $"type: RecordSelector, record_filter: {{ type: RecordFilter, condition: \"{{{{ record.id > 2 or record.n == 2 }}}}\" }}{order},");
        var reading = await new ReadingFixture(new StubSource(Json("""{"data":[{"id":1},{"id":3}]}"""))) { Transformations = "[ { type: AddFields, fields: [ { path: [n], value: \"{{ record.id + 1 }}\" } ] } ]" }
            .ReadAsync(retriever);
        Assert.Equal(expected.Split(';'), reading.Records);
        Assert.Equal(2, reading.Records.Count + reading.Pages[0].Filtered);
    }

    [Fact]
    public async Task A_filtered_record_is_landed_byte_by_byte()
    {
        const string Record = """{ "id": 3, "x": 1.50e1, "u": "\u00fc" }""";
        var retriever = ReadingFixture.Plain.Replace("type: RecordSelector,", "type: RecordSelector, record_filter: { type: RecordFilter, condition: \"{{ record.id > 2 }}\" },");
        Assert.Equal(Record, Assert.Single((await new ReadingFixture(new StubSource(Json($"{{\"data\":[{Record}]}}"))).ReadAsync(retriever)).Records));
    }

    [Fact]
    public async Task Items_of_a_list_inside_become_records()
    {
        var retriever = ReadingFixture.Plain.Replace("field_path: [data]", "field_path: [data], record_expander: { type: RecordExpander, expand_records_from_field: [lines, '*', x], remain_original_record: true, on_no_records: emit_parent }");
        var reading = await new ReadingFixture(new StubSource(Json("""{"data":[{"lines":[{"x":[{"i":1},2]}]},{"id":2}]}"""))).ReadAsync(retriever);
        Assert.Equal(
            ["""{"i":1,"original_record":{"lines":[{"x":[{"i":1},2]}]}}""", """{"value":2,"original_record":{"lines":[{"x":[{"i":1},2]}]}}""", """{"id":2}"""],
            reading.Records);
    }

    private const string Schema = """
        {"properties":{"s":{"type":["null","string"]},"t":{"type":"string"},"i":{"type":"integer"},"n":{"type":["number","null"]},"b":{"type":"boolean"},
         "l":{"type":"array","items":{"type":["null","integer"]}},"o":{"type":"object","properties":{"i":{"type":"integer"}}},"r":{"$ref":"#/d/x"},"two":{"type":["integer","string"]}},
         "d":{"x":{"type":"object","properties":{"i":{"type":"string"}}}}}
        """;

    [Theory]
    [InlineData("""{"s":1}""", """{"s":"1"}""")]
    [InlineData("""{"s":null,"t":null,"n":null}""", """{"s":null,"t":"None","n":null}""")]
    [InlineData("""{"s":1.0,"t":true}""", """{"s":"1.0","t":"True"}""")]
    [InlineData("""{"s":{"a":[1]}}""", """{"s":"{'a': [1]}"}""")]
    [InlineData("""{"i":"12"}""", """{"i":12}""")]
    [InlineData("""{"i":12.7}""", """{"i":12}""")]
    [InlineData("""{"i":"12.7"}""", """{"i":"12.7"}""")]
    [InlineData("""{"n":"1e3"}""", """{"n":1000.0}""")]
    [InlineData("""{"n":7}""", """{"n":7.0}""")]
    [InlineData("""{"n":"x"}""", """{"n":"x"}""")]
    [InlineData("""{"b":"Yes"}""", """{"b":true}""")]
    [InlineData("""{"b":"maybe"}""", """{"b":"maybe"}""")]
    [InlineData("""{"b":0}""", """{"b":false}""")]
    [InlineData("""{"l":"5"}""", """{"l":[5]}""")]
    [InlineData("""{"l":["5",null]}""", """{"l":[5,null]}""")]
    [InlineData("""{"o":{"i":"5","x":"5"}}""", """{"o":{"i":5,"x":"5"}}""")]
    [InlineData("""{"r":{"i":5}}""", """{"r":{"i":"5"}}""")]
    [InlineData("""{"two":"5"}""", """{"two":"5"}""")]
    public async Task Values_take_the_types_of_the_schema(string record, string expected)
    {
        var fixture = new ReadingFixture(new StubSource(Json($"{{\"data\":[{record}]}}"))) { With = parts => parts with { Schema = _ => new(ValueJsonReader.Read(Schema)) } };
        Assert.Equal(expected, Assert.Single((await fixture.ReadAsync(ReadingFixture.Plain.Replace("type: RecordSelector,", "type: RecordSelector, schema_normalization: Default,"))).Records));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[ { type: AddFields, fields: [ { path: [x], value: \"1\" } ] } ]")]
    public async Task The_greatest_cursor_value_of_a_page_is_told(string transformations)
    {
        var source = new StubSource(Json("""{"data":[{"at":"2024-02"},{"at":"2024-10"},{"at":"soon"},{"at":null},{}]}"""));
        var reading = await new ReadingFixture(source) { Transformations = transformations, With = parts => parts with { Cursor = new TextCursor("at", "") } }.ReadAsync(ReadingFixture.Plain);
        Assert.Equal("2024-10", Assert.Single(reading.Pages).GreatestCursor);
    }

    [Fact]
    public async Task A_cursor_leaves_out_what_is_not_of_the_slice()
    {
        var source = new StubSource(Json("""{"data":[{"at":"2024-02"},{"at":"2024-10"}]}"""));
        var reading = await new ReadingFixture(source) { With = parts => parts with { Cursor = new TextCursor("at", "2024-05"), IsClientSideIncremental = true } }.ReadAsync(ReadingFixture.Plain);
        Assert.Equal(["""{"at":"2024-10"}"""], reading.Records);
        Assert.Equal(1, reading.Pages[0].Filtered);
    }

    [Fact]
    public async Task A_data_feed_ends_at_the_first_page_whose_last_record_is_known()
    {
        var source = new StubSource(Json("""{"data":[{"at":"2024-10"},{"at":"2024-09"}]}"""), Json("""{"data":[{"at":"2024-08"},{"at":"2024-02"}]}"""), Json("{}"));
        var retriever = ReadingFixture.Plain + "\npaginator: { type: DefaultPaginator, pagination_strategy: { type: PageIncrement, page_size: 2 } }";
        var reading = await new ReadingFixture(source) { With = parts => parts with { Cursor = new TextCursor("at", "2024-05"), IsDataFeed = true } }.ReadAsync(retriever);
        Assert.Equal(["""{"at":"2024-10"}""", """{"at":"2024-09"}""", """{"at":"2024-08"}"""], reading.Records);
        Assert.Equal(2, source.Requests.Count);
    }

    /// <summary>A cursor over texts like 2024-05.</summary>
    private sealed class TextCursor(string name, string from) : IPageCursor
    {
        public string Field => name;

        public bool TryRank(ReadOnlySpan<byte> cursorValue, out long rank) =>
            long.TryParse(Encoding.UTF8.GetString(cursorValue).Trim('"').Replace("-", ""), out rank);

        public bool ShouldBeSynced(ReadOnlySpan<byte> cursorValue, StreamSlice slice) =>
            string.CompareOrdinal(Encoding.UTF8.GetString(cursorValue).Trim('"'), from) >= 0;
    }
}
