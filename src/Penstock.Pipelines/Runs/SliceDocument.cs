using Penstock.Connectors.Streams;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Runs;

/// <summary>
/// A slice's protocol (DESIGN 6): what is landed, where reading goes on, and which transforms are still to be sent.
/// One write of this document is the commit of everything before it.
/// </summary>
public sealed record SliceDocument
{
    /// <summary>The slice.</summary>
    public required StreamSlice Slice { get; init; }

    /// <summary>The batch of its run that it belongs to.</summary>
    public required int Batch { get; init; }

    /// <summary>How far it is.</summary>
    public SliceStatus Status { get; init; }

    /// <summary>Where reading goes on; null at the beginning, and when it is landed.</summary>
    public string? Position { get; init; }

    /// <summary>Who reads it now; null if nobody does.</summary>
    public Lease? Lease { get; init; }

    /// <summary>The raw blobs that are committed, in order.</summary>
    public IReadOnlyList<LandedBlob> Blobs { get; init; } = [];

    /// <summary>Committed blobs whose transform messages may not have been sent yet.</summary>
    public IReadOnlyList<string> Outbox { get; init; } = [];

    /// <summary>Where in a trace the commit was made that filled the outbox; null if nothing was traced then.</summary>
    public TraceContext? Trace { get; init; }

    /// <summary>The greatest cursor value landed so far; null if there is none.</summary>
    public string? GreatestCursor { get; init; }

    /// <summary>Records that are landed.</summary>
    public long Records { get; init; }

    /// <summary>Records that the connector's filter left out.</summary>
    public long Filtered { get; init; }

    /// <summary>Calls made for what is committed.</summary>
    public int Calls { get; init; }

    /// <summary>Calls that the source refused for its rate limit.</summary>
    public int Throttled { get; init; }

    /// <summary>What the work on it used, as far as it was counted when this was written.</summary>
    public Usage? Usage { get; init; }

    /// <summary>How often reading failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>The last failure, or why it waits; null if all is well.</summary>
    public string? Remark { get; init; }

    /// <summary>Until when it waits, with its message delayed in the queue; null if it doesn't.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    /// <summary>Names the write that made this version, so that a write whose answer was lost can be told from another's.</summary>
    public string Commit { get; init; } = "";

    /// <summary>When it was first taken.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When this document was last written.</summary>
    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>How far a slice is.</summary>
public enum SliceStatus
{
    /// <summary>Still to be read, wholly or in part.</summary>
    Open,

    /// <summary>Read to its end; everything is landed.</summary>
    Landed,

    /// <summary>It can't be read; what was read before is landed.</summary>
    Failed,
}

/// <summary>The right to commit to a slice for a while. Losing it is noticed at the next commit, by the ETag.</summary>
/// <param name="Owner">The attempt that holds it.</param>
/// <param name="Until">When others may take it.</param>
public sealed record Lease(string Owner, DateTimeOffset Until);

/// <summary>A committed raw blob.</summary>
/// <param name="Name">The blob's name.</param>
/// <param name="Records">How many records it holds.</param>
/// <param name="Bytes">Its size in the store, compressed.</param>
public sealed record LandedBlob(string Name, int Records, int Bytes);
