using System.Diagnostics;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Runs;
using static Penstock.Pipelines.Telemetry.TelemetryNames;

namespace Penstock.Pipelines.Telemetry;

/// <summary>
/// Starts the spans. A run is one trace, from its beginning to its last curated write, over all its messages: each message and
/// each document on the way carries the context. Whatever else started a piece of work (a tick, the Functions host) is a link.
/// Where nobody listens, all of this gives null and costs next to nothing.
/// </summary>
public static class Tracing
{
    private static readonly ActivitySource Source = new(TelemetryNames.Source);

    /// <summary>A clock's look at what is due.</summary>
    /// <param name="trigger"><c>timer</c>, or <c>pubsub</c> for a tick message.</param>
    /// <param name="cause">Who sent the tick message; null for none.</param>
    public static Activity? Tick(string trigger, TraceContext? cause = null) =>
        Source.StartActivity(Spans.Tick, ActivityKind.Internal, default(ActivityContext), links: LinksTo(cause))?.SetTag(Attributes.Trigger, trigger);

    /// <summary>A run begins. An operator's request is its parent; a clock is not, for it begins runs of many pipelines.</summary>
    /// <param name="run">The run.</param>
    public static Activity? Begin(Run run)
    {
        Activity? ambient = Activity.Current;
        bool isOperators = ambient is not null && ambient.GetTagItem(Attributes.Trigger) is null;
        Activity? span = isOperators
            ? Source.StartActivity(Name(Spans.Begin, run.Pipeline, run.Stream))
            : StartRoot(Name(Spans.Begin, run.Pipeline, run.Stream), LinksTo(TraceContext.Of(ambient)));
        return span.Of(run)?.SetTag(Attributes.Trigger, isOperators ? "http" : ambient?.GetTagItem(Attributes.Trigger) ?? "other");
    }

    /// <summary>A run's slices are listed: in the run's trace, linked to the tick.</summary>
    public static Activity? Plan(Run run) => In(run, Spans.Plan);

    /// <summary>A run ends: in the run's trace, linked to what ended it.</summary>
    public static Activity? End(Run run) => In(run, Spans.End);

    /// <summary>A message is worked on: in the trace of whoever sent it, linked to what the host traces of its own.</summary>
    /// <param name="operation"><see cref="Spans.Extract"/> or <see cref="Spans.Transform"/>, also the queue's name.</param>
    /// <param name="message">The message.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The stream.</param>
    public static Activity? Process(string operation, WorkMessage message, string pipeline, string stream) =>
        Source.StartActivity(
                Name(operation, pipeline, stream), ActivityKind.Consumer, message.Context?.ToRemote() ?? default,
                links: message.Context is null ? null : LinksTo(TraceContext.Current))
            ?.SetTag(Attributes.Queue, operation)
            .SetTag(Attributes.MessagingOperation, "process")
            .SetTag(Attributes.Pipeline, pipeline)
            .SetTag(Attributes.Stream, stream);

    /// <summary>A part of what goes on now.</summary>
    public static Activity? Part(string operation, string pipeline, string stream, ActivityKind kind = ActivityKind.Internal) =>
        Source.StartActivity(Name(operation, pipeline, stream), kind)?.SetTag(Attributes.Pipeline, pipeline).SetTag(Attributes.Stream, stream);

    /// <summary>
    /// A pushed batch is landed. If all its events come from one place in a trace, that is its parent; otherwise each is a link,
    /// as OpenTelemetry has it for batches, up to 128.
    /// </summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="events">How many events.</param>
    /// <param name="origins">Where the events were sent, as far as they say so.</param>
    public static Activity? Receive(string pipeline, string stream, int events, IReadOnlyList<TraceContext> origins)
    {
        TraceContext[] distinct = [.. origins.Distinct().Take(MaxLinks)];
        Activity? span = distinct is [var only] && origins.Count == events
            ? Source.StartActivity(Name(Spans.Receive, pipeline, stream), ActivityKind.Consumer, only.ToRemote(), links: LinksTo(TraceContext.Current))
            : Source.StartActivity(Name(Spans.Receive, pipeline, stream), ActivityKind.Consumer, default(ActivityContext), links: LinksTo(distinct));
        return span?.SetTag(Attributes.BatchCount, events).SetTag(Attributes.Pipeline, pipeline).SetTag(Attributes.Stream, stream);
    }

    /// <summary>Marks a span as failed.</summary>
    /// <param name="span">The span, or null.</param>
    /// <param name="type">The class of the error, of which there are few.</param>
    /// <param name="reason">What happened, without any record's content.</param>
    public static void Fail(this Activity? span, string type, string reason) =>
        span?.SetTag(Attributes.Error, type).SetStatus(ActivityStatusCode.Error, reason);

    /// <summary>Drops a span: it turned out that nothing happened.</summary>
    public static void Forget(this Activity? span)
    {
        if (span is null)
            return;
        span.IsAllDataRequested = false;
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    private const int MaxLinks = 128;

    private static Activity? In(Run run, string operation) =>
        Source.StartActivity(
            Name(operation, run.Pipeline, run.Stream), ActivityKind.Internal, run.Trace?.ToRemote() ?? default,
            links: run.Trace is null ? null : LinksTo(TraceContext.Current)).Of(run);

    private static Activity? Of(this Activity? span, Run run) => span?
        .SetTag(Attributes.Pipeline, run.Pipeline)
        .SetTag(Attributes.Stream, run.Stream)
        .SetTag(Attributes.Run, run.Id)
        .SetTag(Attributes.RunKind, run.Kind == RunKind.Backfill ? "backfill" : "incremental");

    // Without a parent given, a span takes the current one.
    private static Activity? StartRoot(string name, IEnumerable<ActivityLink>? links)
    {
        Activity? ambient = Activity.Current;
        Activity.Current = null;
        Activity? root = Source.StartActivity(name, ActivityKind.Internal, default(ActivityContext), links: links);
        if (root is null)
            Activity.Current = ambient;
        return root;
    }

    private static string Name(string operation, string pipeline, string stream) => Source.HasListeners() ? $"{operation} {pipeline}/{stream}" : operation;

    private static ActivityLink[]? LinksTo(params TraceContext?[] contexts) =>
        contexts.Any(context => context is not null) ? [.. contexts.OfType<TraceContext>().Select(context => new ActivityLink(context.ToRemote()))] : null;
}
