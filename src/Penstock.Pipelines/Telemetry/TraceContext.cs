using System.Diagnostics;

namespace Penstock.Pipelines.Telemetry;

/// <summary>Where in a trace something happens, as W3C Trace Context writes it, to be carried over a queue or kept in a document.</summary>
/// <param name="Parent"><c>traceparent</c>.</param>
/// <param name="State"><c>tracestate</c>, or null.</param>
public sealed record TraceContext(string Parent, string? State = null)
{
    /// <summary>Where we are now; null if nothing is traced here.</summary>
    public static TraceContext? Current => Of(Activity.Current);

    /// <summary>The context of a span; null if there is none.</summary>
    public static TraceContext? Of(Activity? span) =>
        span is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? new TraceContext(id, span.TraceStateString is { Length: > 0 } state ? state : null) : null;

    /// <summary>The context that a text holds; null if it holds none.</summary>
    public static TraceContext? Parse(string? parent, string? state = null) =>
        parent is not null && ActivityContext.TryParse(parent, state, out _) ? new TraceContext(parent, state) : null;

    /// <summary>The context as a remote parent; none if it can't be read.</summary>
    public ActivityContext ToRemote() => ActivityContext.TryParse(Parent, State, isRemote: true, out ActivityContext context) ? context : default;
}
