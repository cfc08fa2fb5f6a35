using System.Globalization;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Output;
using Penstock.Pipelines.Auditing;

namespace Penstock.Cli.Auditing;

/// <summary>An audit's report for people.</summary>
internal static class AuditLines
{
    public static void Write(Surroundings surroundings, AuditReport report)
    {
        if (report.Findings.Count > 0)
        {
            Report.WriteTable(
                surroundings,
                ["", "rule", "where", "what is wrong", "what to do"],
                report.Findings.Select(finding => new object?[]
                {
                    finding.IsBroken ? "broken" : "note", finding.Rule, finding.Subject, finding.Message, finding.Repair is { } done ? $"Repaired: {done}." : finding.Fix,
                }));
        }

        AuditCounts counts = report.Checked;
        surroundings.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Checked {counts.Streams:N0} streams: {counts.Runs:N0} runs, {counts.Slices:N0} slices, {counts.Blobs:N0} raw blobs with {counts.Records:N0} pulled records, {counts.Cursors:N0} cursors{(counts.Compared > 0 ? $", {counts.Compared:N0} records compared with the curated ones" : "")}."));
        surroundings.Out.WriteLine(
            !report.IsClean ? $"{report.Broken:N0} broken{(report.Repaired > 0 ? $", {report.Repaired:N0} repaired: run it again in a minute" : "")}; {report.Notes:N0} notes{(report.Findings.Count < report.Broken + report.Notes ? $"; the first {report.Findings.Count:N0} are shown" : "")}."
            : $"{(report.IsComplete ? "No promise is broken." : "No promise was found to be broken.")}{(report.Notes > 0 ? $" {report.Notes:N0} notes." : "")}");
        if (!report.IsComplete)
            surroundings.Out.WriteLine("The time was over before everything was looked at: name one pipeline at a time, or audit the stores themselves ('penstock audit --help').");
    }
}
