using Microsoft.AspNetCore.Http;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;

namespace Penstock.Http.Operate;

/// <summary>How everything is, at a glance.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="ledger">What happened.</param>
/// <param name="time">The clock.</param>
public sealed class StatusEndpoints(HttpEdge edge, IPipelineCatalog catalog, RunLedger ledger, TimeProvider time)
{
    private const int StreamsAtOnce = 16;

    /// <summary><c>GET /api/status</c>: each stream's runs and freshness, alerts, and how many dead letters there are.</summary>
    public Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        DateTimeOffset now = time.GetUtcNow();
        var pipelines = new List<PipelineStatusView>();
        foreach (PipelineEntry entry in await catalog.ListAsync(cancellationToken))
            pipelines.Add(new PipelineStatusView(entry.Name, PipelineViews.StateOf(entry), await StreamsOfAsync(entry, now, cancellationToken)));
        var alerts = new List<AlertView>();
        await foreach (Alert alert in ledger.ListAlertsAsync(cancellationToken))
            alerts.Add(new AlertView(alert.Kind, alert.Subject, alert.Message, alert.Since));
        int deadLetters = 0;
        await foreach (DeadLetter _ in ledger.ListDeadLettersAsync(cancellationToken))
            deadLetters++;
        return ApiJson.Answer(new StatusView(now, pipelines, alerts, deadLetters), ApiJson.Default.StatusView);
    });

    private async ValueTask<StreamStatusView[]> StreamsOfAsync(PipelineEntry entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (entry is not UsablePipeline { Pipeline: var pipeline })
            return [];
        var views = new StreamStatusView[pipeline.Streams.Count];
        await Parallel.ForAsync(0, views.Length, new ParallelOptions { MaxDegreeOfParallelism = StreamsAtOnce, CancellationToken = cancellationToken }, async (i, token) =>
        {
            PipelineStream stream = pipeline.Streams[i];
            StreamDocument? known = stream.Reception is null ? await ledger.FindStreamAsync(pipeline.Name, stream.Name, token) : null;
            views[i] = Of(stream, known, now);
        });
        return views;
    }

    private static StreamStatusView Of(PipelineStream stream, StreamDocument? known, DateTimeOffset now)
    {
        TimeSpan? lag = now - known?.FreshUntil;
        return new StreamStatusView(
            stream.Name, PipelineViews.KindOf(stream), known?.ActiveRun, known?.ActiveSince, known?.LastRun,
            known?.LastStatus is { } status ? RunViews.Name(status) : null, known?.FreshUntil, lag?.TotalSeconds,
            stream.Freshness?.TotalSeconds, lag is null || stream.Freshness is null ? null : lag <= stream.Freshness);
    }
}
