using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Drift;

namespace Penstock.Pipelines.Tests.Contracts.Checking;

public class RecordPassTests
{
    [Theory]
    [InlineData(LogicalType.String, "\"\"", "\"é\\u00e9\"", "\"\\ud83d\\ude00\"")]
    [InlineData(LogicalType.Boolean, "true", "false")]
    [InlineData(LogicalType.Number, "0", "-1.5", "1e400", "123456789012345678901234567890")]
    [InlineData(LogicalType.Integer, "0", "-0", "9223372036854775808", "1.0", "1e3", "1.5e1", "-12.30e+1", "100e-2", "0.0e-9", "0e99999999999")]
    [InlineData(LogicalType.Object, "{}", "{\"a\":[{}]}")]
    [InlineData(LogicalType.Array, "[]", "[[1],null]")]
    [InlineData(LogicalType.Date, "\"2018-01-31\"", "\"2020-02-29\"", "\"0001-01-01\"", "\"2018\\u002d01-31\"")]
    [InlineData(LogicalType.Time, "\"09:30\"", "\"23:59:59\"", "\"00:00:00.123456789\"", "\"09:30:00Z\"", "\"09:30+01:00\"")]
    [InlineData(LogicalType.Timestamp, "\"2018-01-31T09:30Z\"", "\"2018-01-31T09:30:00Z\"", "\"2018-01-31t09:30:00.5z\"", "\"2018-01-31T09:30:00+01\"",
        "\"2018-01-31T09:30:00.123456789-09:30\"", "\"2018-01-31T09:30:00+0100\"", "\"2018-01-31T09:30:00\\u005a\"")]
    [InlineData(LogicalType.Any, "1", "\"\"", "[]", "{}", "true")]
    public void a_value_of_its_type_keeps_the_contract(LogicalType type, params string[] values)
    {
        foreach (string value in values)
            Assert.Equal((value, ""), (value, Check($$"""{"before":1,"v":{{value}},"after":[1]}""", Required("v", type))));
    }

    [Theory]
    [InlineData(LogicalType.String, "logicalType v: It must be a string.", "1", "true", "{}", "[]")]
    [InlineData(LogicalType.Boolean, "logicalType v: It must be true or false.", "\"true\"", "0", "1")]
    [InlineData(LogicalType.Number, "logicalType v: It must be a number.", "\"1\"", "true", "{\"x\":[1]}")]
    [InlineData(LogicalType.Integer, "logicalType v: It must be an integer.", "\"1\"", "1.5", "1e-1", "15e-1", "100e-3", "1.01e1", "1e-99999999999")]
    [InlineData(LogicalType.Object, "logicalType v: It must be an object.", "[]", "\"{}\"")]
    [InlineData(LogicalType.Array, "logicalType v: It must be an array.", "{\"a\":[1]}", "\"[]\"")]
    [InlineData(LogicalType.Date, "logicalType v: It must be a date, for example 2018-01-31.", "\"2018-02-29\"", "\"2018-13-01\"", "\"2018-00-01\"", "\"2018-01-00\"",
        "\"18-01-31\"", "\"2018-01-31T00:00:00Z\"", "\"2018/01/31\"", "\"0000-01-01\"", "20180131", "\"2018-1-31 \"")]
    [InlineData(LogicalType.Time, "logicalType v: It must be a time, for example 09:30:00.", "\"24:00\"", "\"9:30\"", "\"09:60\"", "\"09:30:60\"", "\"09:30:00.\"", "\"09:30:00 \"")]
    [InlineData(LogicalType.Timestamp, "logicalType v: It must be a timestamp with an offset, for example 2018-01-31T09:30:00Z.", "\"2018-01-31T09:30:00\"", "\"2018-01-31\"",
        "\"2018-01-31 09:30:00Z\"", "1517391000", "\"2018-01-31T09:30:00+24:00\"", "\"2018-01-31T09:30:00+1:00\"", "\"2018-02-30T09:30:00Z\"", "\"2018-01-31T09:30:00.1234567890Z\"", "\"\"")]
    public void a_value_of_another_type_breaks_the_contract(LogicalType type, string violation, params string[] values)
    {
        foreach (string value in values)
            Assert.Equal((value, violation), (value, Check($$"""{"before":1,"v":{{value}},"after":[1]}""", Required("v", type))));
    }

    [Fact]
    public void a_required_property_must_be_there_and_not_null()
    {
        ContractProperty[] contract = [Required("a", LogicalType.String), Required("b", LogicalType.Any), Optional("c", LogicalType.String)];
        Assert.Equal("required a: It is missing.", Check("""{"b":0,"c":null}""", contract));
        Assert.Equal("required b: It must not be null.", Check("""{"b":null,"a":""}""", contract));
        Assert.Equal("", Check("""{"c":null,"b":0,"a":""}""", contract));
        Assert.Equal("", Check("""{"b":0,"a":""}""", contract));
    }

    [Theory]
    [InlineData("""{"address":{"zip":"8010","city":""},"lines":[]}""", "logicalType address.zip: It must be an integer.")]
    [InlineData("""{"address":{"zip":8010},"lines":[]}""", "required address.city: It is missing.")]
    [InlineData("""{"lines":[{"tags":[]},null],"address":{"city":""}}""", "required lines[1]: It must not be null.")]
    [InlineData("""{"lines":[{"tags":[]},{"tags":["a",1]}],"address":{"city":""}}""", "logicalType lines[1].tags[1]: It must be a string.")]
    [InlineData("""{"lines":[{"tags":[]},{}],"address":{"city":""}}""", "required lines[1].tags: It is missing.")]
    [InlineData("""{"lines":[{"tags":["a"],"x":{"y":[1]}}],"address":{"more":[],"city":"a","zip":null}}""", "")]
    public void paths_lead_through_objects_and_arrays(string record, string violation) => Assert.Equal(violation, Check(
        record,
        Required("address", LogicalType.Object) with { Properties = [Required("city", LogicalType.String), Optional("zip", LogicalType.Integer)] },
        Required("lines", LogicalType.Array) with
        {
            Items = Required("", LogicalType.Object) with { Properties = [Required("tags", LogicalType.Array) with { Items = Required("", LogicalType.String) }] },
        }));

    [Fact]
    public void a_declared_property_that_is_there_twice_breaks_the_contract() =>
        Assert.Equal("unique id: It must be there once.", Check("""{"id":1,"x":1,"x":2,"i\u0064":2}""", Required("id", LogicalType.Integer)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":\"\n\"}")]
    [InlineData("{} // comment")]
    public void what_is_not_one_object_breaks_the_contract(string record) => Assert.StartsWith("json : The record isn't ", Check(record));

    [Fact]
    public void a_record_nested_without_end_is_a_violation() =>
        Assert.StartsWith("json : The record isn't valid JSON", Check("{\"a\":" + new string('[', 100_000)));

    [Fact]
    public void a_record_that_is_not_utf8_is_a_violation() =>
        Assert.Equal("The record isn't valid UTF-8.", Of().Check([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}'])?.Reason);

    [Fact]
    public void violations_never_hold_what_the_record_holds()
    {
        ContractProperty[] contract = [Optional("ssn", LogicalType.Integer), Required("card", LogicalType.Object) with { Properties = [Required("at", LogicalType.Date)] }];
        foreach (string record in (string[])["""{"ssn":"s3cret"}""", """{"s3cret":1,"card":{"s3cret":"s3cret","at":"s3cret"}}""", """{"s3cret":"""])
            Assert.DoesNotContain("s3cret", Assert.IsType<Violation>(Of(contract).Check(Encoding.UTF8.GetBytes(record))).ToString());
    }

    [Fact]
    public void a_good_record_costs_no_allocation()
    {
        var contract = Of(Required("id", LogicalType.String), Required("at", LogicalType.Timestamp), Optional("tags", LogicalType.Array) with { Items = Required("", LogicalType.String) });
        ReadOnlySpan<byte> record = """{"id":"us1","at":"2018-01-31T09:30:00Z","tags":["a","b"],"more":{"x":1}}"""u8;
        Assert.Null(contract.Check(record));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            contract.Check(record);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ContractProperty Required(string name, LogicalType type) => new() { Name = name, Type = type, Required = true };

    private static ContractProperty Optional(string name, LogicalType type) => new() { Name = name, Type = type };

    private static RecordPass Of(params ContractProperty[] properties) => new(new PassSetup(new Contract("c", "1", properties), DriftPolicy.Default));

    private static string Check(string record, params ContractProperty[] properties) =>
        Of(properties).Check(Encoding.UTF8.GetBytes(record)) is { } broken ? $"{broken.Rule} {broken.Path}: {broken.Reason}" : "";
}
