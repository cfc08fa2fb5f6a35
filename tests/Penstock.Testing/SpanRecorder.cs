using System.Collections.Concurrent;
using System.Diagnostics;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Testing;

/// <summary>Keeps the spans of one pipeline, and those in their traces, that end as long as it listens. Other tests' are left out.</summary>
public sealed class SpanRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly string _pipeline;
    private readonly ActivityListener _listener;

    public SpanRecorder(string pipeline)
    {
        _pipeline = pipeline;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.Recorded)
                    _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The spans, in the order in which they began.</summary>
    public IReadOnlyList<Activity> Spans
    {
        get
        {
            Activity[] all = [.. _spans];
            var traces = all.Where(span => span.GetTagItem(TelemetryNames.Attributes.Pipeline) as string == _pipeline).Select(span => span.TraceId).ToHashSet();
            return [.. all.Where(span => traces.Contains(span.TraceId)).OrderBy(span => span.StartTimeUtc)];
        }
    }

    /// <summary>The spans that do something.</summary>
    public IReadOnlyList<Activity> Of(string operation) => [.. Spans.Where(span => span.DisplayName.StartsWith(operation + " ", StringComparison.Ordinal))];

    /// <summary>The names on the way from a span up to the root, the span's own first.</summary>
    public IReadOnlyList<string> Way(Activity span)
    {
        var names = new List<string>();
        for (Activity? at = span; at is not null; at = Spans.FirstOrDefault(parent => parent.SpanId == at.ParentSpanId))
            names.Add(at.DisplayName);
        return names;
    }

    public void Dispose() => _listener.Dispose();
}
