using Microsoft.AspNetCore.Http;
using Penstock.Http.Operate.Overview;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;

namespace Penstock.Http.Operate;

/// <summary>How every stream is, in a row each.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="runs">Pulses and open runs.</param>
/// <param name="ledger">What is known of streams.</param>
/// <param name="overview">Alerts and dead letters.</param>
/// <param name="time">The clock.</param>
public sealed class StatusEndpoints(
    HttpEdge edge, OperatedPipelines catalog, RunIndex runs, RunLedger ledger, OverviewReader overview, TimeProvider time)
{
    private const int StreamsAtOnce = 32;

    /// <summary><c>GET /api/status</c>: each stream's runs and freshness, alerts, and how many dead letters there are.</summary>
    public Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        DateTimeOffset now = time.GetUtcNow();
        var active = await ActiveAsync(cancellationToken);
        var pulses = await runs.PulsesAsync(cancellationToken);
        var pipelines = (await catalog.ListAsync(cancellationToken)).Select(entry => new PipelineStatusView(
            entry.Name, PipelineViews.StateOf(entry), StreamsOf(entry, pulses.GetValueOrDefault(PipelinePulse.NameFor(entry.Name), PipelinePulse.Empty), active, now)));
        return ApiJson.Answer(
            new StatusView(now, [.. pipelines], await overview.AlertsAsync(cancellationToken), await overview.CountDeadLettersAsync(cancellationToken)),
            ApiJson.Compact.StatusView);
    });

    // Only of streams that are active something is known that their pulse doesn't have.
    private async ValueTask<Dictionary<(string, string), StreamDocument>> ActiveAsync(CancellationToken cancellationToken)
    {
        OpenRunMarker[] open = [.. (await runs.OpenAsync(cancellationToken: cancellationToken)).Where(marker => marker.Kind == RunKind.Incremental)];
        var known = new Dictionary<(string, string), StreamDocument>();
        await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = StreamsAtOnce, CancellationToken = cancellationToken }, async (marker, token) =>
        {
            if (await ledger.FindStreamAsync(marker.Pipeline, marker.Stream, token) is { } stream)
            {
                lock (known)
                    known[(marker.Pipeline, marker.Stream)] = stream;
            }
        });
        return known;
    }

    private static StreamStatusView[] StreamsOf(
        PipelineEntry entry, PipelinePulse pulse, Dictionary<(string, string), StreamDocument> active, DateTimeOffset now) =>
        entry is UsablePipeline { Pipeline: var pipeline }
            ? [.. pipeline.Streams.Select(stream => Of(new StreamHealth(stream, pulse.Of(stream.Name), now), active.GetValueOrDefault((pipeline.Name, stream.Name))))]
            : [];

    private static StreamStatusView Of(StreamHealth stream, StreamDocument? active)
    {
        RunMark? last = stream.Pulse.Runs.FirstOrDefault(run => run.Kind == RunKind.Incremental);
        TimeSpan? promised = stream.Definition.Freshness;
        return new StreamStatusView(
            stream.Definition.Name, PipelineViews.KindOf(stream.Definition), active?.ActiveRun, active?.ActiveSince, last?.Id,
            last is null ? null : RunViews.Name(last.Status), stream.FreshUntil, stream.Lag?.TotalSeconds, promised?.TotalSeconds,
            stream.Lag is null || promised is null ? null : stream.Lag <= promised);
    }
}
