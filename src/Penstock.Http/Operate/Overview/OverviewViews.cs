namespace Penstock.Http.Operate.Overview;

internal sealed record OverviewView(
    DateTimeOffset At, OverviewTotals Totals, IReadOnlyList<PipelineHealthView> Pipelines, IReadOnlyList<AlertView> Alerts);

internal sealed record OverviewTotals
{
    public int Pipelines { get; init; }

    public int Streams { get; init; }

    public int Ok { get; init; }

    public int Late { get; init; }

    public int Failing { get; init; }

    public int Paused { get; init; }

    public int Broken { get; init; }

    public int Idle { get; init; }

    public int OpenRuns { get; init; }

    public int DeadLetters { get; init; }

    public int Alerts { get; init; }

    public long Read24h { get; init; }

    public long Quarantined24h { get; init; }

    /// <summary>What all pipelines cost on the last seven days, UTC, today included; missing if the price list is broken.</summary>
    public decimal? Cost7d { get; init; }

    /// <summary>The currency of costs.</summary>
    public string? Currency { get; init; }
}

/// <summary>A pipeline at a glance. <c>health</c> is <c>broken</c>, <c>failing</c>, <c>late</c>, <c>paused</c>, <c>ok</c> or <c>idle</c>; the worst stream's counts.</summary>
internal sealed record PipelineHealthView(
    string Name, string State, string Health, string Description, string Owner, int Streams, int LateStreams, int FailingStreams,
    string? WorstStream, DateTimeOffset? FreshUntil, double? LagSeconds, double? FreshnessSeconds, DateTimeOffset? NextDue, int OpenRuns,
    IReadOnlyList<RunMarkView> LastRuns, IReadOnlyList<long> ReadByHour, IReadOnlyList<long> QuarantinedByHour, long Read24h, long Quarantined24h,
    int Alerts, string? Problem)
{
    /// <summary>What it cost on the last seven days, UTC, today included; missing if the price list is broken.</summary>
    public decimal? Cost7d { get; init; }

    /// <summary>The credential that it calls with.</summary>
    public string? Credential { get; init; }

    /// <summary>How much of its fullest limit is used, from 0 to 1.</summary>
    public double? QuotaUsed { get; init; }

    /// <summary><c>open</c>, <c>waiting</c> or <c>paused</c>.</summary>
    public string? QuotaState { get; init; }
}

/// <summary>A stream at a glance.</summary>
internal sealed record StreamHealthView(
    string Pipeline, string Stream, string Kind, string Health, string? ActiveRun, DateTimeOffset? FreshUntil, double? LagSeconds,
    double? FreshnessSeconds, DateTimeOffset? LandedAt, IReadOnlyList<RunMarkView> LastRuns, IReadOnlyList<long> ReadByHour,
    IReadOnlyList<long> QuarantinedByHour, long Read24h, long Quarantined24h);

/// <summary>A run that has ended, in a few words.</summary>
internal sealed record RunMarkView(string Stream, string Run, string Kind, string Status, DateTimeOffset EndedAt, double Seconds, long Landed);

internal sealed record StreamHealthList(IReadOnlyList<StreamHealthView> Items);
