using System.Buffers;
using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Drift;

namespace Penstock.Pipelines.Tests.Contracts.Checking;

public class DriftTests
{
    private static readonly Contract Orders = new("c", "1",
    [
        new() { Name = "id", Type = LogicalType.Integer, Required = true },
        new() { Name = "name", Type = LogicalType.String },
        new() { Name = "to", Type = LogicalType.Object, Properties = [new() { Name = "zip", Type = LogicalType.String }] },
    ]);

    [Theory]
    [InlineData(DriftMode.Evolve, """{"id":1,"vip":true}""", "")]
    [InlineData(DriftMode.DiscardValue, """{"id":1}""", "")]
    [InlineData(DriftMode.DiscardRow, "", "drift vip")]
    [InlineData(DriftMode.Freeze, "", "drift vip")]
    public void a_new_column_is_kept_cut_or_sets_its_record_aside(DriftMode mode, string curated, string violation) =>
        Assert.Equal((curated, violation, "NewColumn vip 1"), Run("""{"id":1,"vip":true}""", DriftPolicy.Default with { NewColumn = mode }, baseline: ["id"]));

    [Theory]
    [InlineData(DriftMode.Evolve, """{"id":1,"name":7}""", "")]
    [InlineData(DriftMode.DiscardValue, """{"id":1,"name":null}""", "")]
    [InlineData(DriftMode.DiscardRow, "", "logicalType name")]
    [InlineData(DriftMode.Freeze, "", "logicalType name")]
    public void a_value_of_another_type_is_kept_discarded_or_sets_its_record_aside(DriftMode mode, string curated, string violation) =>
        Assert.Equal((curated, violation, "TypeChange name 1"), Run("""{"id":1,"name":7}""", DriftPolicy.Default with { TypeChange = mode }));

    [Theory]
    [InlineData(DriftMode.Evolve, """{"name":"a"}""", "")]
    [InlineData(DriftMode.DiscardRow, "", "required id")]
    [InlineData(DriftMode.Freeze, "", "required id")]
    public void a_missing_column_is_tolerated_or_sets_its_record_aside(DriftMode mode, string curated, string violation) =>
        Assert.Equal((curated, violation, "MissingColumn id 1"), Run("""{"name":"a"}""", DriftPolicy.Default with { MissingColumn = mode }));

    [Fact]
    public void a_required_value_is_never_discarded() =>
        Assert.Equal(("", "logicalType id", "TypeChange id 1"), Run("""{"id":"x"}""", DriftPolicy.Default with { TypeChange = DriftMode.DiscardValue }));

    [Theory]
    [InlineData("""{"a":1,"id":1}""", """{"id":1}""")]
    [InlineData("""{ "a" : [1,{"id":2}] , "b":{}, "id" : 1 , "c": null }""", """{"id" : 1 }""")]
    [InlineData("""{"id":1,"a":"}","name":"b"}""", """{"id":1,"name":"b"}""")]
    [InlineData("""{"id":1,"to":{"x":1}}""", """{"id":1,"to":{}}""")]
    [InlineData("""{"id":1,"to":{"x":1,"zip":"8010","y":[]},"z":0}""", """{"id":1,"to":{"zip":"8010"}}""")]
    [InlineData("""{"x":1,"to":{"x":1,"zip":"8010"},"y":2,"id":1}""", """{"to":{"zip":"8010"},"id":1}""")]
    public void values_are_cut_out_of_the_text_and_the_rest_stays_as_it_is(string record, string curated) =>
        Assert.Equal(curated, Run(record, DriftPolicy.Default with { NewColumn = DriftMode.DiscardValue }).Curated);

    [Fact]
    public void a_discarded_object_is_replaced_whole() => Assert.Equal(
        """{"id":1,"name":null,"to":{"zip":null}}""",
        Run("""{"id":1,"name":{"a":[1,{"b":"}"}]},"to":{"zip":[8010]}}""", DriftPolicy.Default with { TypeChange = DriftMode.DiscardValue }).Curated);

    [Fact]
    public void nothing_is_new_as_long_as_nothing_is_known() =>
        Assert.Equal(("""{"id":1,"vip":true}""", "", ""), Run("""{"id":1,"vip":true}""", DriftPolicy.Default));

    [Fact]
    public void what_receive_adds_to_pushed_records_is_never_new() =>
        Assert.Equal("", Run("""{"id":1,"_event":{"id":"x"}}""", DriftPolicy.Default with { NewColumn = DriftMode.Freeze }).Drifts);

    private static (string Curated, string Violation, string Drifts) Run(string record, DriftPolicy policy, string[]? baseline = null)
    {
        var pass = new RecordPass(new PassSetup(Orders, policy) { Baseline = baseline?.ToHashSet() });
        byte[] json = Encoding.UTF8.GetBytes(record);
        Violation? violation = pass.Check(json);
        var output = new ArrayBufferWriter<byte>();
        pass.Edits.Write(json, output);
        return (violation is null ? Encoding.UTF8.GetString(output.WrittenSpan) : "", violation is null ? "" : $"{violation.Rule} {violation.Path}",
            string.Join(", ", pass.Drifts.Select(drift => $"{drift.Entity} {drift.Path} {drift.Records}")));
    }
}
