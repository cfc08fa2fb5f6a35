using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Checking;

namespace Penstock.Pipelines.Quality;

/// <summary>What a quality rule says of a blob.</summary>
public sealed record RuleFigure
{
    /// <summary>The rule.</summary>
    public required string Rule { get; init; }

    /// <summary>How many records break it.</summary>
    public required long Records { get; init; }

    /// <summary>Whether the blob's figure is as it must be.</summary>
    public required bool IsKept { get; init; }

    internal static IEnumerable<RuleFigure> Of(RecordPass pass) =>
        pass.AllColumns().SelectMany(column => column.Rules).Select(counter => Of(counter.Rule, counter.Count, pass.Rows))
            .Concat(pass.Duplicates.Select(counter => Of(counter.Rule, counter.Count, pass.Rows)));

    private static RuleFigure Of(QualityRule rule, long records, long rows) =>
        new() { Rule = rule.Name, Records = records, IsKept = rule.Must.Keeps(rule.FigureOf(records, rows)) };
}
