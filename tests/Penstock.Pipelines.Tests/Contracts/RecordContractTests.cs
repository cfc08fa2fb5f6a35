using System.Text;
using Penstock.Pipelines.Contracts;

namespace Penstock.Pipelines.Tests.Contracts;

public class RecordContractTests
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
    [InlineData(LogicalType.String, "v must be a string", "1", "true", "{}", "[]")]
    [InlineData(LogicalType.Boolean, "v must be true or false", "\"true\"", "0", "1")]
    [InlineData(LogicalType.Number, "v must be a number", "\"1\"", "true", "{\"x\":[1]}")]
    [InlineData(LogicalType.Integer, "v must be an integer", "\"1\"", "1.5", "1e-1", "15e-1", "100e-3", "1.01e1", "1e-99999999999")]
    [InlineData(LogicalType.Object, "v must be an object", "[]", "\"{}\"")]
    [InlineData(LogicalType.Array, "v must be an array", "{\"a\":[1]}", "\"[]\"")]
    [InlineData(LogicalType.Date, "v must be a date, for example 2018-01-31", "\"2018-02-29\"", "\"2018-13-01\"", "\"2018-00-01\"", "\"2018-01-00\"",
        "\"18-01-31\"", "\"2018-01-31T00:00:00Z\"", "\"2018/01/31\"", "\"0000-01-01\"", "20180131", "\"2018-1-31 \"")]
    [InlineData(LogicalType.Time, "v must be a time, for example 09:30:00", "\"24:00\"", "\"9:30\"", "\"09:60\"", "\"09:30:60\"", "\"09:30:00.\"", "\"09:30:00 \"")]
    [InlineData(LogicalType.Timestamp, "v must be a timestamp with an offset, for example 2018-01-31T09:30:00Z", "\"2018-01-31T09:30:00\"", "\"2018-01-31\"",
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
        Assert.Equal("b is required and must not be null; a is required", Check("""{"b":null,"c":null}""", contract));
        Assert.Equal("", Check("""{"c":null,"b":0,"a":""}""", contract));
    }

    [Fact]
    public void paths_lead_through_objects_and_arrays()
    {
        ContractProperty[] contract =
        [
            Required("address", LogicalType.Object) with { Properties = [Required("city", LogicalType.String), Optional("zip", LogicalType.Integer)] },
            Required("lines", LogicalType.Array) with
            {
                Items = new() { Name = "", Required = true, Type = LogicalType.Object, Properties = [Required("tags", LogicalType.Array) with { Items = Required("", LogicalType.String) }] },
            },
        ];
        Assert.Equal(
            "address.zip must be an integer; address.city is required; lines[1] is required and must not be null; lines[2].tags[1] must be a string; lines[3].tags is required",
            Check("""{"address":{"zip":"8010"},"lines":[{"tags":[]},null,{"tags":["a",1]},{}]}""", contract));
    }

    [Fact]
    public void a_declared_property_that_is_there_twice_breaks_the_contract() =>
        Assert.Equal("id must be there once", Check("""{"id":1,"x":1,"x":2,"i\u0064":2}""", Required("id", LogicalType.Integer)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":\"\n\"}")]
    [InlineData("{} // comment")]
    public void what_is_not_one_object_breaks_the_contract(string record) => Assert.Equal("the record must be one JSON object", Check(record));

    [Fact]
    public void a_record_nested_without_end_is_a_violation() =>
        Assert.Equal("the record must be one JSON object", Check("{\"a\":" + new string('[', 100_000)));

    [Fact]
    public void a_record_that_is_not_utf8_is_a_violation() =>
        Assert.Equal("must be UTF-8", Assert.Single(new RecordContract(new("c", "1", [])).Check([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}'])).Rule);

    [Fact]
    public void violations_never_hold_what_the_record_holds()
    {
        ContractProperty[] contract = [Required("ssn", LogicalType.Integer), Required("card", LogicalType.Object) with { Properties = [Required("at", LogicalType.Date)] }];
        Assert.DoesNotContain("s3cret", Check("""{"ssn":"s3cret-1","card":{"s3cret-2":"s3cret-3","at":"s3cret-4"}}""", contract));
    }

    [Fact]
    public void only_the_first_violations_are_told() => Assert.Equal(
        RecordContract.MaxViolations,
        new RecordContract(new("c", "1", [.. Enumerable.Range(0, 300).Select(i => Required($"p{i}", LogicalType.String))])).Check("{}"u8).Count);

    [Fact]
    public void a_good_record_costs_no_allocation()
    {
        var contract = new RecordContract(new("c", "1", [Required("id", LogicalType.String), Required("at", LogicalType.Timestamp), Optional("tags", LogicalType.Array) with { Items = Required("", LogicalType.String) }]));
        ReadOnlySpan<byte> record = """{"id":"us1","at":"2018-01-31T09:30:00Z","tags":["a","b"],"more":{"x":1}}"""u8;
        Assert.Empty(contract.Check(record));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            contract.Check(record);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ContractProperty Required(string name, LogicalType type) => new() { Name = name, Type = type, Required = true };

    private static ContractProperty Optional(string name, LogicalType type) => new() { Name = name, Type = type };

    private static string Check(string record, params ContractProperty[] properties) =>
        string.Join("; ", new RecordContract(new("c", "1", properties)).Check(Encoding.UTF8.GetBytes(record)));
}
