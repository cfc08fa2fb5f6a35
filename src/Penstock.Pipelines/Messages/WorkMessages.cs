using System.Text.Json.Serialization;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Messages;

/// <summary>What every message carries beside its work. All of it may be missing: older senders didn't write it.</summary>
public abstract record WorkMessage
{
    private protected WorkMessage() { }

    /// <summary>Where in a trace it was sent (W3C Trace Context).</summary>
    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }

    /// <summary>What tracing systems add to it (W3C Trace Context).</summary>
    [JsonPropertyName("tracestate")]
    public string? TraceState { get; init; }

    /// <summary>When it was to become visible: how long a queue is behind counts from here.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Where in a trace it was sent; null if it doesn't say so.</summary>
    [JsonIgnore]
    public TraceContext? Context => TraceContext.Parse(TraceParent, TraceState);
}

/// <summary>Asks Extract to read a slice, from wherever it stands.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Batch">The batch that holds the slice.</param>
/// <param name="Slice">The slice's ordinal in the run.</param>
public sealed record ExtractMessage(string Pipeline, string Stream, string Run, int Batch, int Slice) : WorkMessage;

/// <summary>Asks Transform to curate a raw blob.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Blob">The raw blob's name.</param>
/// <param name="Replay">The replay that asks for it; null the first time. A blob that is curated already is only curated again by a replay.</param>
public sealed record TransformMessage(string Pipeline, string Stream, string Blob, string? Replay = null) : WorkMessage
{
    /// <summary>Of a replay: the quarantined lines of the blob that are transformed again, and no others; null for the whole blob.</summary>
    public IReadOnlyList<long>? Lines { get; init; }
}

/// <summary>Asks Erase to go on with an erasure.</summary>
/// <param name="Erasure">Its id: a message never holds a name.</param>
public sealed record EraseMessage(string Erasure) : WorkMessage;

/// <summary>Asks Plan to look what is due.</summary>
/// <param name="Reason">Why, for people.</param>
/// <param name="Chained">Whether it belongs to the chain of ticks that keeps planning going without a timer.</param>
public sealed record TickMessage(string Reason, bool Chained = false) : WorkMessage;

/// <summary>Stands for a message that is too large for the queue.</summary>
/// <param name="MessageBlob">The blob that holds it.</param>
public sealed record MessageReference(string MessageBlob);
