using Penstock.Http.Operate.Budgets;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Sources;

namespace Penstock.Http.Operate.Overview;

/// <summary>Sums up how a pipeline's streams are.</summary>
internal static class PipelineHealth
{
    private const int LastRuns = 8;

    /// <summary>Shows a pipeline.</summary>
    /// <param name="entry">The pipeline.</param>
    /// <param name="pulse">What it did.</param>
    /// <param name="openRuns">How many runs of it go on.</param>
    /// <param name="alerts">How many alerts there are about it.</param>
    /// <param name="budgets">What each credential has used.</param>
    /// <param name="prices">What things cost; null if the list is broken.</param>
    /// <param name="now">The present.</param>
    public static PipelineHealthView Of(
        PipelineEntry entry, PipelinePulse pulse, int openRuns, int alerts, IReadOnlyDictionary<string, BudgetReport> budgets, Prices? prices, DateTimeOffset now)
    {
        if (entry is not UsablePipeline { Pipeline: var pipeline })
            return Broken(entry, openRuns, alerts);
        StreamHealth[] streams = [.. pipeline.Streams.Select(stream => new StreamHealth(stream, pulse.Of(stream.Name), now))];
        StreamHealth? worst = streams.OrderBy(stream => Array.IndexOf(HealthNames.WorstFirst, stream.Name)).ThenByDescending(stream => stream.Behind).FirstOrDefault();
        long[] read = new long[StreamPulse.Hours], quarantined = new long[StreamPulse.Hours];
        foreach (StreamHealth stream in streams)
            stream.AddVolumeTo(read, quarantined);
        string? credential = CredentialBudgets.NameOf(pipeline);
        BudgetReport? budget = credential is null ? null : budgets.GetValueOrDefault(credential);
        return new PipelineHealthView(
            pipeline.Name, PipelineViews.StateOf(entry), HealthOf(pipeline, worst), pipeline.Description, pipeline.Owner, streams.Length,
            streams.Count(stream => stream.IsLate), streams.Count(stream => stream.IsFailing), worst?.Definition.Name, worst?.FreshUntil, worst?.Lag?.TotalSeconds,
            worst?.Definition.Freshness?.TotalSeconds, pipeline.Paused ? null : pipeline.Schedule?.NextDue(now), openRuns,
            [.. Newest(streams)],
            read, quarantined, read.Sum(), quarantined.Sum(), alerts, null)
        {
            Cost7d = prices is null ? null : CostOf(pipeline, pulse, prices, now),
            Credential = credential,
            QuotaUsed = budget?.Used,
            QuotaState = budget is null ? null : BudgetView.StateOf(budget),
        };
    }

    // Only those that are shown are written: twenty streams have more runs than anybody looks at.
    private static IEnumerable<RunMarkView> Newest(StreamHealth[] streams) => streams
        .SelectMany(stream => stream.Pulse.Runs, (stream, run) => (Stream: stream.Definition.Name, Run: run))
        .OrderByDescending(one => one.Run.EndedAt)
        .Take(LastRuns)
        .Select(one => StreamHealth.View(one.Stream, one.Run));

    private static decimal CostOf(Pipeline pipeline, PipelinePulse pulse, Prices prices, DateTimeOffset now)
    {
        DayUse[] days = [.. pulse.Days.Where(day => day.Day.DayNumber > DayUse.DayOf(now).DayNumber - PipelinePulse.MaxDays)];
        return Math.Round(prices.Of(days.Aggregate(Usage.None, (sum, day) => sum + day.Usage), days.Sum(day => day.Calls), pipeline.CallPrice).Total, 6);
    }

    private static string HealthOf(Pipeline pipeline, StreamHealth? worst) =>
        worst?.Name is HealthNames.Failing or HealthNames.Late && !pipeline.Paused ? worst.Name
        : pipeline.Paused ? HealthNames.Paused
        : worst?.Name ?? HealthNames.Idle;

    private static PipelineHealthView Broken(PipelineEntry entry, int openRuns, int alerts) => new(
        entry.Name, PipelineViews.StateOf(entry), HealthNames.Broken, "", "", 0, 0, 0, null, null, null, null, null, openRuns, [],
        new long[StreamPulse.Hours], new long[StreamPulse.Hours], 0, 0, alerts, (entry as BrokenPipeline)?.Problems[0].ToString());
}
