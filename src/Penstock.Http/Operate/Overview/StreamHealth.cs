using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Runs;

namespace Penstock.Http.Operate.Overview;

/// <summary>Judges how a stream is by its pulse and by what its pipeline promises.</summary>
/// <param name="Definition">The stream.</param>
/// <param name="Pulse">What it did.</param>
/// <param name="Now">The present.</param>
internal sealed record StreamHealth(PipelineStream Definition, StreamPulse Pulse, DateTimeOffset Now)
{
    /// <summary>Everything until then is here.</summary>
    public DateTimeOffset? FreshUntil => Definition.Reception is null ? Pulse.FreshUntil : Pulse.LandedAt;

    /// <summary>How old the newest data is.</summary>
    public TimeSpan? Lag => Now - FreshUntil;

    /// <summary>Whether it is older than promised.</summary>
    public bool IsLate => Definition is { Reception: null, Freshness: { } promised } && (Lag > promised || (Lag is null && Pulse.Runs.Count > 0));

    /// <summary>Whether its last incremental run failed.</summary>
    public bool IsFailing => Pulse.Runs.FirstOrDefault(run => run.Kind == RunKind.Incremental)?.Status == RunStatus.Failed;

    /// <summary>The worst that is true of it.</summary>
    public string Name => IsFailing ? HealthNames.Failing : IsLate ? HealthNames.Late : FreshUntil is null && Pulse.Runs.Count == 0 ? HealthNames.Idle : HealthNames.Ok;

    /// <summary>Orders streams of one health: the one that is the furthest behind its promise first.</summary>
    public double Behind => Lag is not { } lag ? 0 : Definition.Freshness is { } promised ? lag / promised : lag.TotalDays / 1e6;

    /// <summary>The last runs.</summary>
    public IEnumerable<RunMarkView> LastRuns => Pulse.Runs.Select(run => View(Definition.Name, run));

    /// <summary>Shows a run of a stream.</summary>
    public static RunMarkView View(string stream, RunMark run) => new(
        stream, run.Id, run.Kind == RunKind.Backfill ? "backfill" : "incremental", RunViews.Name(run.Status), run.EndedAt, (run.EndedAt - run.CreatedAt).TotalSeconds, run.Landed);

    /// <summary>Adds what was read and quarantined in each of the last 24 hours, the oldest first.</summary>
    public void AddVolumeTo(Span<long> read, Span<long> quarantined)
    {
        long first = HourVolume.HourOf(Now) - StreamPulse.Hours + 1;
        foreach (HourVolume hour in Pulse.Volume)
        {
            if (hour.Hour < first || hour.Hour - first >= StreamPulse.Hours)
                continue;
            read[(int)(hour.Hour - first)] += hour.Read;
            quarantined[(int)(hour.Hour - first)] += hour.Quarantined;
        }
    }

    /// <summary>Shows it.</summary>
    public StreamHealthView View(string pipeline, string? activeRun)
    {
        long[] read = new long[StreamPulse.Hours], quarantined = new long[StreamPulse.Hours];
        AddVolumeTo(read, quarantined);
        return new StreamHealthView(
            pipeline, Definition.Name, PipelineViews.KindOf(Definition), Name, activeRun, FreshUntil, Lag?.TotalSeconds, Definition.Freshness?.TotalSeconds,
            Pulse.LandedAt, [.. LastRuns], read, quarantined, read.Sum(), quarantined.Sum());
    }
}

/// <summary>What <c>health</c> may be, the worst first.</summary>
internal static class HealthNames
{
    public const string Broken = "broken";
    public const string Failing = "failing";
    public const string Late = "late";
    public const string Paused = "paused";
    public const string Ok = "ok";
    public const string Idle = "idle";

    /// <summary>All of them.</summary>
    public static readonly string[] WorstFirst = [Broken, Failing, Late, Paused, Ok, Idle];
}
