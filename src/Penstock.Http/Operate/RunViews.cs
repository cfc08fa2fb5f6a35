using Penstock.Pipelines.Backfills;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;

namespace Penstock.Http.Operate;

/// <summary>Shows runs and backfills.</summary>
internal static class RunViews
{
    public static readonly string[] Statuses = [.. Enum.GetValues<RunStatus>().Select(Name)];

    public static string Name(RunStatus status) => status.ToString().ToLowerInvariant();

    public static string UrlOf(string pipeline, string stream, string run) =>
        $"/api/runs/{Uri.EscapeDataString(pipeline)}/{Uri.EscapeDataString(stream)}/{Uri.EscapeDataString(run)}";

    public static string UrlOf(Backfill backfill) => $"/api/backfills/{backfill.Id}";

    public static RunReferenceView Of(RunReference run) => new(run.Pipeline, run.Stream, run.Run, UrlOf(run.Pipeline, run.Stream, run.Run));

    public static RunView Of(RunSummary run) => new(
        run.Id, run.Pipeline, run.Stream, run.Kind.ToString().ToLowerInvariant(), Name(run.Status), run.CreatedAt, run.EndedAt,
        run.Window is { } window ? new WindowView(window.From, window.To) : null, run.Backfill, run.Slices, run.Error,
        UrlOf(run.Pipeline, run.Stream, run.Id), Totals: run.Totals);

    public static RunView Of(Run run, RunCounts? counts = null) => new(
        run.Id, run.Pipeline, run.Stream, run.Kind.ToString().ToLowerInvariant(), Name(run.Status), run.CreatedAt, run.EndedAt,
        run.Window is { } window ? new WindowView(window.From, window.To) : null, run.Backfill, run.Slices, run.Error,
        UrlOf(run.Pipeline, run.Stream, run.Id), counts);

    public static BackfillView Of(Backfill backfill, IReadOnlyList<RunView> runs, BackfillProgress progress)
    {
        string status = StatusOf(runs, backfill.Streams.Count);
        bool isPaused = backfill.PausedAt is not null && runs.Any(run => run.EndedAt is null);
        return new BackfillView(
            backfill.Id, backfill.Pipeline, backfill.Streams, backfill.From, backfill.To, backfill.Parallelism,
            backfill.IsUrgent ? BackfillPriorities.Live : BackfillPriorities.Low, backfill.RequestedAt, isPaused ? backfill.PausedAt : null,
            isPaused ? "paused" : status, UrlOf(backfill), BackfillProgressView.Of(progress), runs);
    }

    // A backfill is as far as its slowest run; how it ended is the worst end.
    private static string StatusOf(IReadOnlyList<RunView> runs, int wanted)
    {
        foreach (RunStatus status in WorstFirst)
        {
            if (runs.Any(run => run.Status == Name(status)))
                return Name(status);
        }

        return Name(runs.Count < wanted ? RunStatus.Planning : RunStatus.Completed);
    }

    private static readonly RunStatus[] WorstFirst = [RunStatus.Planning, RunStatus.Running, RunStatus.Failed, RunStatus.Cancelled];
}
