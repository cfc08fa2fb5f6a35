using Penstock.Pipelines.Contracts.Compatibility;
using Penstock.Pipelines.Tests.Watching;

namespace Penstock.Pipelines.Tests.Contracts.Compatibility;

public class ContractComparisonTests
{
    [Theory]
    [InlineData("", "{name: a}", "Full")]
    [InlineData("", "{name: a, required: true}", "Forward")]
    [InlineData("{name: a}", "", "Full")]
    [InlineData("{name: a, required: true}", "", "Backward")]
    [InlineData("{name: a}", "{name: a, required: true}", "Forward")]
    [InlineData("{name: a, required: true}", "{name: a}", "Backward")]
    [InlineData("{name: a, logicalType: integer}", "{name: a, logicalType: number}", "Backward")]
    [InlineData("{name: a, logicalType: number}", "{name: a, logicalType: integer}", "Forward")]
    [InlineData("{name: a, logicalType: string}", "{name: a, logicalType: timestamp}", "Forward")]
    [InlineData("{name: a, logicalType: string}", "{name: a, logicalType: integer}", "None")]
    [InlineData("{name: a, logicalType: string}", "{name: a}", "Backward")]
    [InlineData("{name: a, logicalType: string, logicalTypeOptions: {maxLength: 5}}", "{name: a, logicalType: string, logicalTypeOptions: {maxLength: 9}}", "Backward")]
    [InlineData("{name: a, logicalType: string, logicalTypeOptions: {maxLength: 5}}", "{name: a, logicalType: string, logicalTypeOptions: {maxLength: 3}}", "Forward")]
    [InlineData("{name: a, logicalType: string}", "{name: a, logicalType: string, logicalTypeOptions: {pattern: x}}", "Forward")]
    [InlineData("{name: a, logicalType: string, logicalTypeOptions: {pattern: x}}", "{name: a, logicalType: string, logicalTypeOptions: {pattern: y}}", "None")]
    [InlineData("{name: a, logicalType: number, logicalTypeOptions: {minimum: 0}}", "{name: a, logicalType: number, logicalTypeOptions: {minimum: 1}}", "Forward")]
    [InlineData("{name: a, logicalType: number, logicalTypeOptions: {minimum: 0}}", "{name: a, logicalType: number, logicalTypeOptions: {exclusiveMinimum: 0}}", "Forward")]
    [InlineData("{name: a, logicalType: number, logicalTypeOptions: {maximum: 9}}", "{name: a, logicalType: number, logicalTypeOptions: {maximum: 10}}", "Backward")]
    [InlineData("{name: a, logicalType: date, logicalTypeOptions: {minimum: '2020-01-01'}}", "{name: a, logicalType: date, logicalTypeOptions: {minimum: '2019-01-01'}}", "Backward")]
    [InlineData("{name: a, unique: true}", "{name: a}", "Backward")]
    [InlineData("{name: a, primaryKey: true}", "{name: a}", "None")]
    [InlineData("{name: a, classification: public}", "{name: a, classification: personal}", "Full")]
    [InlineData("{name: a, properties: [{name: b}]}", "{name: a, properties: [{name: b, required: true}]}", "Forward")]
    [InlineData("{name: a, items: {logicalType: integer}}", "{name: a, items: {logicalType: number}}", "Backward")]
    [InlineData("{name: a}", "{name: a, quality: [{metric: nullValues, mustBe: 0}]}", "Forward")]
    [InlineData("{name: a}", "{name: a, quality: [{metric: nullValues, mustBe: 0, severity: warning}]}", "Full")]
    [InlineData("{name: a, logicalType: integer}", "{name: a, logicalType: integer, customProperties: [{property: coerce, value: true}]}", "Full")]
    [InlineData("{name: a, logicalType: integer, customProperties: [{property: coerce, value: true}]}", "{name: a, logicalType: integer}", "Forward")]
    public void a_change_is_as_compatible_as_its_records_are(string old, string changed, string expected) =>
        Assert.Equal(expected, ContractComparison.Of(MonitorFixture.Contract(old), MonitorFixture.Contract(changed)).Compatibility.ToString());

    [Fact]
    public void each_change_has_its_place_and_its_reason()
    {
        ContractChange change = Assert.Single(ContractComparison.Of(
            MonitorFixture.Contract("{name: lines, items: {properties: [{name: sku, logicalType: string}]}}"),
            MonitorFixture.Contract("{name: lines, items: {properties: [{name: sku, logicalType: string, required: true}]}}")).Changes);
        Assert.Equal(new ContractChange("lines[].sku", "became required", BreaksBackward: true, BreaksForward: false, "Old records may lack it."), change);
    }
}
