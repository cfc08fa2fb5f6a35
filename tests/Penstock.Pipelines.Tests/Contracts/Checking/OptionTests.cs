using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Contracts.Reading;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Drift;

namespace Penstock.Pipelines.Tests.Contracts.Checking;

public class OptionTests
{
    [Theory]
    [InlineData("logicalType: string, logicalTypeOptions: { minLength: 2, maxLength: 3 }", "\"ab\" \"äöü\" \"\\u00e4b\"", "\"a\" minLength", "\"abcd\" maxLength", "\"äöüß\" maxLength")]
    [InlineData("logicalType: string, logicalTypeOptions: { pattern: '^o-[0-9]+$' }", "\"o-1\"", "\"x-1\" pattern", "\"o-1x\" pattern")]
    [InlineData("logicalType: string, logicalTypeOptions: { format: email }", "\"a.b@c.de\" \"a@b\"", "\"a\" format", "\"a b@c.de\" format", "\"@c.de\" format")]
    [InlineData("logicalType: string, logicalTypeOptions: { format: uuid }", "\"0f8fad5b-d9cb-469f-a165-70867728950e\"", "\"0f8fad5bd9cb469fa16570867728950e\" format", "\"\" format")]
    [InlineData("logicalType: string, logicalTypeOptions: { format: uri }", "\"https://a.b/c?d=e%20f#g\" \"urn:x:y\"", "\"a/b\" format", "\"http://a b\" format")]
    [InlineData("logicalType: string, logicalTypeOptions: { format: hostname }", "\"a-b.c\"", "\"-a.b\" format", "\"a..b\" format")]
    [InlineData("logicalType: string, logicalTypeOptions: { format: ipv4 }", "\"10.0.0.1\"", "\"10.0.1\" format", "\"::1\" format")]
    [InlineData("logicalType: string, logicalTypeOptions: { format: ipv6 }", "\"::1\" \"2001:db8::1\"", "\"10.0.0.1\" format")]
    [InlineData("logicalType: integer, logicalTypeOptions: { minimum: 1, exclusiveMaximum: 10 }", "1 9 9.0", "0 minimum", "10 exclusiveMaximum")]
    [InlineData("logicalType: integer, logicalTypeOptions: { format: i64 }", "9223372036854775807 -9223372036854775808", "9223372036854775808 maximum", "-9223372036854775809 minimum")]
    [InlineData("logicalType: integer, logicalTypeOptions: { format: u8 }", "0 255 2.55e2", "256 maximum", "-1 minimum")]
    [InlineData("logicalType: number, logicalTypeOptions: { exclusiveMinimum: 0, maximum: 0.3 }", "0.1 0.30", "0 exclusiveMinimum", "0.30000000000000000001 maximum")]
    [InlineData("logicalType: number, logicalTypeOptions: { multipleOf: 0.01 }", "1.10 19.99 1e9", "1.001 multipleOf")]
    [InlineData("logicalType: number, logicalTypeOptions: { format: f32 }", "1 3.4e38", "3.5e38 maximum")]
    [InlineData("logicalType: date, logicalTypeOptions: { minimum: '2020-01-01', exclusiveMaximum: '2030-01-01' }", "\"2020-01-01\"", "\"2019-12-31\" minimum", "\"2030-01-01\" exclusiveMaximum")]
    [InlineData("logicalType: timestamp, logicalTypeOptions: { minimum: '2020-01-01T00:00:00Z' }", "\"2020-01-01T01:00:00+01:00\"", "\"2020-01-01T00:59:59+01:00\" minimum")]
    [InlineData("logicalType: date, logicalTypeOptions: { format: dd.MM.yyyy }", "\"31.01.2018\"", "\"2018-01-31\" logicalType", "\"31.02.2018\" logicalType", "\"1.1.2018\" logicalType")]
    [InlineData("logicalType: timestamp, logicalTypeOptions: { format: \"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\" }", "\"2018-01-31T09:30:00.123Z\"", "\"2018-01-31T09:30:00Z\" logicalType")]
    [InlineData("logicalType: timestamp, logicalTypeOptions: { timezone: false }", "\"2018-01-31T09:30:00\" \"2018-01-31T09:30:00Z\"", "\"2018-01-31\" logicalType")]
    [InlineData("logicalType: time, logicalTypeOptions: { maximum: '18:00' }", "\"09:30\" \"18:00:00\"", "\"18:00:01\" maximum")]
    [InlineData("logicalType: array, logicalTypeOptions: { minItems: 1, maxItems: 2, uniqueItems: true }", "[1] [1,\"1\"] [{\"a\":1},{\"a\":2}]", "[] minItems", "[1,2,3] maxItems", "[{\"a\":1},{\"a\":1}] uniqueItems")]
    [InlineData("logicalType: object, logicalTypeOptions: { minProperties: 1, maxProperties: 2 }", "{\"a\":{\"b\":[1,2]}}", "{} minProperties", "{\"a\":1,\"b\":2,\"c\":3} maxProperties")]
    [InlineData("logicalType: object, properties: [{ name: a }], logicalTypeOptions: { required: [a] }", "{\"a\":1}", "{\"b\":1} required", "{\"a\":null} required")]
    public void options_say_what_a_value_must_be(string property, string good, params string[] bad)
    {
        foreach (string value in good.Split(' '))
            Assert.Equal((value, null), (value, Check(property, value)?.Rule));
        foreach (string one in bad)
        {
            int space = one.LastIndexOf(' ');
            Assert.Equal((one, one[(space + 1)..]), (one, Check(property, one[..space])?.Rule));
        }
    }

    [Theory]
    [InlineData("logicalType: integer", "\"12\"", "12")]
    [InlineData("logicalType: integer", "\"9223372036854775808\"", "9223372036854775808")]
    [InlineData("logicalType: number", "\"0.10000000000000000000000000001\"", "0.10000000000000000000000000001")]
    [InlineData("logicalType: boolean", "\"True\"", "true")]
    [InlineData("logicalType: string", "1.50", "\"1.50\"")]
    [InlineData("logicalType: string", "false", "\"false\"")]
    [InlineData("logicalType: date, logicalTypeOptions: { format: dd.MM.yyyy }", "\"31.01.2018\"", "\"2018-01-31\"")]
    [InlineData("logicalType: date, logicalTypeOptions: { format: dd.MM.yyyy }", "\"2018-01-31\"", "\"2018-01-31\"")]
    [InlineData("logicalType: timestamp", "\"2018-01-31 09:30:00.5\"", "\"2018-01-31T09:30:00.5Z\"")]
    [InlineData("logicalType: timestamp, logicalTypeOptions: { defaultTimezone: Europe/Vienna }", "\"2018-07-31T09:30:00\"", "\"2018-07-31T09:30:00+02:00\"")]
    [InlineData("logicalType: timestamp, logicalTypeOptions: { format: 'M/d/yyyy HH:mm' }", "\"7/4/2018 09:30\"", "\"2018-07-04T09:30:00Z\"")]
    public void a_value_that_can_mean_only_one_thing_is_written_as_the_contract_has_it(string property, string value, string written) =>
        Assert.Equal($$"""{"before": 1, "v": {{written}}, "after":[ 1 ]}""", Rewrite(property + ", customProperties: [{ property: coerce, value: true }]", value));

    [Theory]
    [InlineData("epoch_seconds", "1517391000", "\"2018-01-31T09:30:00Z\"")]
    [InlineData("epoch_seconds", "1517391000.25", "\"2018-01-31T09:30:00.25Z\"")]
    [InlineData("epoch_milliseconds", "1517391000001", "\"2018-01-31T09:30:00.001Z\"")]
    [InlineData("epoch_milliseconds", "-1", "\"1969-12-31T23:59:59.999Z\"")]
    public void epochs_become_instants(string coercion, string value, string written) => Assert.Equal(
        $$"""{"before": 1, "v": {{written}}, "after":[ 1 ]}""",
        Rewrite($"logicalType: timestamp, customProperties: [{{ property: coerce, value: {coercion} }}]", value));

    [Theory]
    [InlineData("integer", "\"12.5\"", "\" 12\"", "\"+12\"", "\"012\"", "\"\"", "\"1e-1\"", "true")]
    [InlineData("number", "\"0x10\"", "\"1,5\"", "\"NaN\"", "\".5\"", "\"5.\"")]
    [InlineData("boolean", "\"yes\"", "1", "0")]
    [InlineData("string", "[]", "{}")]
    [InlineData("timestamp", "1517391000", "\"2018-01-31\"", "\"yesterday\"")]
    public void what_has_no_exact_counterpart_is_set_aside(string type, params string[] values)
    {
        foreach (string value in values)
            Assert.Equal((value, "logicalType"), (value, Check($"logicalType: {type}, customProperties: [{{ property: coerce, value: true }}]", value)?.Rule));
    }

    [Fact]
    public void a_text_is_no_number_unless_the_contract_asks_for_it() => Assert.Equal("logicalType", Check("logicalType: integer", "\"12\"")?.Rule);

    [Fact]
    public void coerced_values_keep_the_options_too() =>
        Assert.Equal("maximum", Check("logicalType: integer, logicalTypeOptions: { maximum: 10 }, customProperties: [{ property: coerce, value: true }]", "\"12\"")?.Rule);

    private static Violation? Check(string property, string value) => Pass(property).Check(Record(value));

    private static string Rewrite(string property, string value)
    {
        RecordPass pass = Pass(property);
        Assert.Null(pass.Check(Record(value)));
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        pass.Edits.Write(Record(value), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static byte[] Record(string value) => Encoding.UTF8.GetBytes($$"""{"before": 1, "v": {{value}}, "after":[ 1 ]}""");

    private static RecordPass Pass(string property)
    {
        var problems = new List<DefinitionProblem>();
        Contract? contract = ContractFile.Read(
            $"{{apiVersion: v3.1.0, kind: DataContract, id: c, version: 1.0.0, status: active, schema: [{{name: s, properties: [{{name: v, {property}}}]}}]}}",
            "s", new Problems("c.yaml", problems));
        Assert.Empty(problems);
        return new RecordPass(new PassSetup(contract, DriftPolicy.Default));
    }
}
