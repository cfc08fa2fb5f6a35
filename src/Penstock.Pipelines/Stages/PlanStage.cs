using System.Diagnostics;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Operating;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Stages;

/// <summary>Plan: begins the runs that are due, and lists the slices of those that go on. May run twice at once.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="opener">Opens streams.</param>
/// <param name="runs">The runs.</param>
/// <param name="open">Lists those that go on.</param>
/// <param name="pauses">Which pipelines operators paused.</param>
/// <param name="replays">The replays that go on.</param>
/// <param name="planner">Lists slices.</param>
/// <param name="finisher">Ends runs that nobody ended.</param>
/// <param name="time">The clock.</param>
/// <param name="instance">The instance whose time is shared.</param>
/// <param name="log">Where failures of single runs go.</param>
public sealed class PlanStage(
    IPipelineCatalog catalog, IStreamOpener opener, RunBook runs, RunIndex open, PauseBook pauses, ReplayBook replays, RunPlanner planner, RunFinisher finisher, TimeProvider time,
    InstanceTime instance, ILogger<PlanStage> log)
{
    private const int RunsAtOnce = 16;
    private const int StreamsAtOnce = 32;

    // Due times that are served; they only ever grow. Looking at a thousand pipelines each minute costs nothing so.
    private readonly ConcurrentDictionary<(string Pipeline, string Stream), DateTimeOffset> _served = new();

    /// <summary>Plans what is due. One run's failure never stops another's planning.</summary>
    /// <param name="deadline">When to stop; the rest is planned at the next tick.</param>
    /// <param name="cancellationToken">Ends the planning; it may be repeated at any time.</param>
    public async Task<PlanReport> RunAsync(DateTimeOffset deadline, CancellationToken cancellationToken = default)
    {
        IReadOnlySet<string> paused = await pauses.PausedAsync(cancellationToken);
        await BeginDueAsync(await catalog.ListAsync(cancellationToken), paused, cancellationToken);
        await replays.AdvanceAllAsync(cancellationToken);
        var report = new PlanReport(0, 0, 0);
        var together = new Lock();
        await Parallel.ForEachAsync(
            (await open.OpenAsync(cancellationToken: cancellationToken)).Where(marker => !paused.Contains(marker.Pipeline)),
            // On the caller's scheduler, so that a simulation can order what runs at once.
            new ParallelOptions { MaxDegreeOfParallelism = RunsAtOnce, CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Current },
            async (marker, _) =>
            {
                // Not by the loop's own token: one run's failure never stops another's planning.
                PlanReport one = await ContinueGuardedAsync(marker, deadline, cancellationToken);
                lock (together)
                    report += one;
            });
        return report;
    }

    private async ValueTask BeginDueAsync(IReadOnlyList<PipelineEntry> entries, IReadOnlySet<string> paused, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var due = entries.OfType<UsablePipeline>()
            .Where(entry => !entry.Pipeline.Paused && !paused.Contains(entry.Name))
            .Select(entry => (entry.Pipeline, Due: entry.Pipeline.Schedule?.LastDue(now)))
            .Where(one => one.Due is not null)
            .SelectMany(one => one.Pipeline.Streams.Where(stream => stream.Reception is null).Select(stream => (Pipeline: one.Pipeline.Name, Stream: stream.Name, Due: one.Due!.Value)))
            .Where(one => !(_served.GetValueOrDefault((one.Pipeline, one.Stream)) >= one.Due));
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = StreamsAtOnce, CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Current }, async (one, token) =>
        {
            // An earlier run may still go on: then this due time is looked at again.
            if ((await runs.TryBeginIncrementalAsync(one.Pipeline, one.Stream, one.Due, token)).IsServed)
                _served[(one.Pipeline, one.Stream)] = one.Due;
        });
    }

    private async ValueTask<PlanReport> ContinueGuardedAsync(OpenRunMarker open, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        try
        {
            return new PlanReport(1, await ContinueAsync(open, deadline, cancellationToken), 0);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogMessages.PlanningFailed(log, open.Pipeline, open.Stream, open.Run, e);
            return new PlanReport(1, 0, 1);
        }
    }

    private async ValueTask<int> ContinueAsync(OpenRunMarker open, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        Document<Run>? run = await runs.FindAsync(open.Pipeline, open.Stream, open.Run, cancellationToken);
        switch (run?.Value)
        {
            case null:
                // Whoever began it may have died before it was written, and nobody else may come: its schedule can be gone by now.
                if (open.Begun is { } begun)
                    await runs.BeginAsync(begun, cancellationToken);
                return 0;
            case { HasEnded: true } ended:
                await runs.EndAsync(ended, ended.Status, ended.Error, cancellationToken);
                return 0;
            case { IsExhausted: true } exhausted:
                await finisher.FinishAsync(exhausted, cancellationToken);
                return 0;
            case { Status: RunStatus.Planning, IsHeld: false, PlanAfter: var after } when after is null || after <= time.GetUtcNow():
                return await catalog.FindAsync(open.Pipeline, cancellationToken) is UsablePipeline { Pipeline: { Paused: false } pipeline }
                    ? await PlanAsync(pipeline, run, deadline, cancellationToken)
                    : 0;
            default:
                return 0;
        }
    }

    private async ValueTask<int> PlanAsync(Pipeline pipeline, Document<Run> run, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        using Activity? span = Tracing.Plan(run.Value);
        using UsageMeter meter = UsageMeter.Begin(instance);
        if (await opener.OpenAsync(pipeline, run.Value.Stream, cancellationToken) is not StreamOpened { Stream: var stream })
        {
            span.Fail("stream_unavailable", "The stream can't be opened.");
            return 0;
        }

        int slices = await planner.PlanAsync(run, stream, deadline, cancellationToken);
        span?.SetTag(TelemetryNames.Attributes.Slices, slices);
        return slices;
    }
}

/// <summary>What a Plan did.</summary>
/// <param name="OpenRuns">Runs that go on.</param>
/// <param name="Slices">Slices that were planned.</param>
/// <param name="Failures">Runs whose planning failed; they are tried again at the next tick.</param>
public sealed record PlanReport(int OpenRuns, int Slices, int Failures)
{
    /// <summary>Adds two reports.</summary>
    public static PlanReport operator +(PlanReport a, PlanReport b) =>
        new(a.OpenRuns + b.OpenRuns, a.Slices + b.Slices, a.Failures + b.Failures);

    /// <summary>Adds another report.</summary>
    public PlanReport Add(PlanReport other) => this + other;
}
