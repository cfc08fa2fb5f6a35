using Penstock.Pipelines.Definitions;

namespace Penstock.Http.Operate;

/// <summary>Shows pipelines. Configs and secrets' names stay inside.</summary>
internal static class PipelineViews
{
    public static string StateOf(PipelineEntry entry) => entry switch
    {
        UsablePipeline { Pipeline.Paused: true } => "paused",
        UsablePipeline => "ready",
        _ => "broken",
    };

    public static string KindOf(PipelineStream stream) => stream.Reception is null ? "pulled" : "received";

    public static PipelineView Of(PipelineEntry entry, DateTimeOffset now) => entry switch
    {
        UsablePipeline { Pipeline: var pipeline } => new PipelineView(
            pipeline.Name, StateOf(entry), pipeline.Description, pipeline.Owner, Describe(pipeline.Schedule),
            pipeline.Paused ? null : pipeline.Schedule?.NextDue(now), [.. pipeline.Streams.Select(stream => Of(pipeline, stream))], null),
        BrokenPipeline broken => new PipelineView(broken.Name, StateOf(entry), "", "", null, null, [], broken.Problems),
        _ => throw new InvalidOperationException($"The catalogue gave an unknown kind of entry for '{entry.Name}'."),
    };

    private static StreamView Of(Pipeline pipeline, PipelineStream stream) => new(
        stream.Name, KindOf(stream), stream.Key, stream.Version,
        stream.Contract is { } contract ? $"{contract.Id}@{contract.Version}" : null,
        stream.Freshness?.TotalSeconds, stream.Reception?.EventHub,
        stream.Reception?.Webhook is { } webhook
            ? new WebhookView($"/ingest/{pipeline.Name}/{Uri.EscapeDataString(stream.Name)}", webhook.Header, webhook.Prefix)
            : null);

    private static string? Describe(Schedule? schedule) => schedule switch
    {
        null => null,
        Every every => $"every {every.Interval:c}",
        Cron cron => $"cron {cron.Expression} ({cron.TimeZone.Id})",
        _ => schedule.ToString(),
    };
}
