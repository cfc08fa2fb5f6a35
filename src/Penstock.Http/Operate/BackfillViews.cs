using Penstock.Pipelines.Backfills;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Stages;

namespace Penstock.Http.Operate;

/// <summary>A backfill. <c>status</c> is <c>planning</c>, <c>running</c>, <c>paused</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</summary>
internal sealed record BackfillView(
    string Id, string Pipeline, IReadOnlyList<string> Streams, DateTimeOffset From, DateTimeOffset To, int Parallelism, string Priority,
    DateTimeOffset RequestedAt, DateTimeOffset? PausedAt, string Status, string Url, BackfillProgressView Progress, IReadOnlyList<RunView> Runs);

/// <summary>How far a backfill is: <c>share</c> is from 0 to 1.</summary>
internal sealed record BackfillProgressView(
    int SlicesPlanned, int SlicesEnded, int SlicesFailed, bool IsPlanned, double? Share, double ElapsedSeconds, double? RemainingSeconds, DateTimeOffset? Eta,
    long Records, int Calls, int Throttled)
{
    public static BackfillProgressView Of(BackfillProgress progress) => new(
        progress.Planned, progress.Ended, progress.Failed, progress.IsPlanned, progress.Share, progress.Elapsed.TotalSeconds, progress.Remaining?.TotalSeconds,
        progress.Eta, progress.Records, progress.Calls, progress.Throttled);
}

/// <summary>What a backfill would take.</summary>
internal sealed record BackfillEstimateView(
    string Pipeline, DateTimeOffset From, DateTimeOffset To, int Slices, bool IsExact, long? Calls, double? Seconds, EstimatedCostView? Cost, string Basis,
    IReadOnlyList<StreamEstimateView> Streams)
{
    public static BackfillEstimateView Of(StartBackfill start, BackfillEstimate estimate) => new(
        start.Pipeline, start.From, start.To, estimate.Slices, estimate.IsExact, estimate.Calls, estimate.Duration?.TotalSeconds, EstimatedCostView.Of(estimate.Cost), estimate.Basis,
        [.. estimate.Streams.Select(stream => new StreamEstimateView(stream.Stream, stream.Slices, stream.IsExact, stream.Calls, stream.Records, stream.Note))]);
}

/// <summary>What it would cost, in all and by what it is for; <c>leftOut</c> says what isn't in it, for it isn't known.</summary>
internal sealed record EstimatedCostView(decimal Total, string Currency, CostParts Parts, IReadOnlyList<string> LeftOut)
{
    public static EstimatedCostView? Of(EstimatedCost? cost) => cost is null ? null : new(cost.Parts.Total, cost.Currency, cost.Parts, cost.LeftOut);
}

internal sealed record StreamEstimateView(string Stream, int Slices, bool IsExact, long? Calls, long? Records, string? Note);

/// <summary>What <c>priority</c> may be.</summary>
internal static class BackfillPriorities
{
    public const string Low = "low";
    public const string Live = "live";

    public static readonly string[] All = [Low, Live];
}
