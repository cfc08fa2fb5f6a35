using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Tests.Watching;

namespace Penstock.Pipelines.Tests.Contracts.Checking;

/// <summary>Quality rules as they are run on records: null isn't missing, and what is only told isn't set aside.</summary>
public class QualityRuleTests
{
    [Theory]
    [InlineData("metric: nullValues", """{"a":"x"}""", "")]
    [InlineData("metric: nullValues", """{"a":""}""", "")]
    [InlineData("metric: nullValues", """{"a":null}""", "nullValues a: It must not be null or missing.")]
    [InlineData("metric: nullValues", "{}", "nullValues a: It must not be null or missing.")]
    [InlineData("metric: missingValues", """{"a":null}""", "missingValues a: It has a value that stands for none.")]
    [InlineData("metric: missingValues", """{"a":""}""", "missingValues a: It has a value that stands for none.")]
    [InlineData("metric: missingValues", "{}", "missingValues a: It has a value that stands for none.")]
    [InlineData("metric: missingValues", """{"a":"n/a"}""", "")]
    [InlineData("metric: missingValues, arguments: { missingValues: [n/a, 0] }", """{"a":"n/a"}""", "missingValues a: It has a value that stands for none.")]
    [InlineData("metric: missingValues, arguments: { missingValues: [n/a, 0] }", """{"a":0.0}""", "missingValues a: It has a value that stands for none.")]
    [InlineData("metric: missingValues, arguments: { missingValues: [n/a, 0] }", """{"a":null}""", "")]
    [InlineData("metric: missingValues, arguments: { missingValues: [n/a, 0] }", "{}", "")]
    [InlineData("metric: invalidValues, arguments: { validValues: [red, green] }", """{"a":"red"}""", "")]
    [InlineData("metric: invalidValues, arguments: { validValues: [red, green] }", """{"a":"r\u0065d"}""", "")]
    [InlineData("metric: invalidValues, arguments: { validValues: [red, green] }", """{"a":"blue"}""", "invalidValues a: It must be one of red, green.")]
    [InlineData("metric: invalidValues, arguments: { validValues: [red, green] }", """{"a":null}""", "")]
    [InlineData("metric: invalidValues, arguments: { validValues: [red, green] }", "{}", "")]
    [InlineData("metric: invalidValues, arguments: { validValues: [1, 2] }", """{"a":1.0}""", "")]
    [InlineData("metric: invalidValues, arguments: { validValues: [1, 2] }", """{"a":10}""", "invalidValues a: It must be one of 1, 2.")]
    [InlineData("metric: invalidValues, arguments: { pattern: '^[A-Z]{2}$' }", """{"a":"AT"}""", "")]
    [InlineData("metric: invalidValues, arguments: { pattern: '^[A-Z]{2}$' }", """{"a":"Austria"}""", "invalidValues a: It must match ^[A-Z]{2}$.")]
    public void a_record_that_breaks_a_rule_of_records_is_set_aside_with_the_rule_and_the_path(string rule, string record, string expected) =>
        Assert.Equal(expected, Run($"{rule}, mustBe: 0", record) is { Violation: { } violation } ? $"{violation.Rule} {violation.Path}: {violation.Reason}" : "");

    [Theory]
    [InlineData("mustBe: 0, severity: warning")]
    [InlineData("mustBe: 0, severity: info")]
    [InlineData("mustBeLessThan: 5")]
    [InlineData("mustBeLessThan: 5, unit: percent")]
    [InlineData("mustBeBetween: [0, 3]")]
    public void what_may_be_broken_is_counted_and_not_set_aside(string must)
    {
        (Violation? violation, long count) = Run($"metric: nullValues, {must}", """{"a":null}""");
        Assert.Null(violation);
        Assert.Equal(1, count);
    }

    private static (Violation? Violation, long Count) Run(string rule, string record)
    {
        Contract contract = MonitorFixture.Contract($"{{name: a, quality: [{{{rule}}}]}}");
        var pass = new RecordPass(new PassSetup(contract, DriftPolicy.Default));
        Violation? violation = pass.Check(Encoding.UTF8.GetBytes(record));
        return (violation, Assert.Single(pass.AllColumns().SelectMany(column => column.Rules)).Count);
    }
}
