using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Erasing;

/// <summary>
/// The erasure of one subject everywhere, and how far it is. It holds no name, only keyed hashes.
/// </summary>
public sealed record Erasure
{
    /// <summary>All erasures.</summary>
    public const string Folder = BlobAreas.State + "/erasures/";

    /// <summary>Its id: of the same subject, asked for with the same idempotency key, the same.</summary>
    public required string Id { get; init; }

    /// <summary>The kinds of names that were given.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>The ids of the names.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    /// <summary>The ids of the tokens that stand for the names where they are hashed.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>When it was asked for: what comes of the subject afterwards is erased as well, unless its stream says otherwise.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>How far it is.</summary>
    public ErasureStatus Status { get; init; }

    /// <summary>Which time everything is looked through, from 1. The last time finds nothing.</summary>
    public int Sweep { get; init; } = 1;

    /// <summary>Where in this sweep it is; null at the beginning.</summary>
    public string? Position { get; init; }

    /// <summary>The sweep doesn't begin before: work that had begun when the subject was entered into the register has ended by then.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Why it waits; null if it doesn't.</summary>
    public string? Remark { get; init; }

    /// <summary>The streams that were looked through: <c>pipeline/stream</c>.</summary>
    public IReadOnlyList<string> Searched { get; init; } = [];

    /// <summary>The streams that don't say whom their records are about, and were not.</summary>
    public IReadOnlyList<string> NotSearched { get; init; } = [];

    /// <summary>What was found, by store and action; null until it is completed.</summary>
    public IReadOnlyList<ErasureCount>? Counts { get; init; }

    /// <summary>When this was last written.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it was completed; null until then.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Where an erasure is kept.</summary>
    public static string NameFor(string id) => $"{Folder}{BlobNames.Segment(id)}.json";
}

/// <summary>How far an erasure is.</summary>
public enum ErasureStatus
{
    /// <summary>It was asked for.</summary>
    Requested,

    /// <summary>The subject is in the register, and everything is looked through.</summary>
    Sweeping,

    /// <summary>A sweep has found nothing any more.</summary>
    Completed,
}

/// <summary>How many records of one store were found, and what was done with them.</summary>
/// <param name="Store"><c>raw</c>, <c>quarantine</c>, <c>curated</c>, <c>lake</c>, <c>messages</c> or <c>keys</c>.</param>
/// <param name="Action"><c>erased</c>, <c>removed</c>, <c>destroyed</c>, or <c>shredded</c>: it is as it was, and its key is destroyed.</param>
/// <param name="Records">How many.</param>
/// <param name="Items">In how many blobs or tables.</param>
public sealed record ErasureCount(string Store, string Action, long Records, long Items);

/// <summary>
/// What was found in one place. It is written before anything is done there, so that what a crash cut off is counted, once.
/// </summary>
/// <param name="Store">Which store.</param>
/// <param name="Item">Which blob or table.</param>
/// <param name="Action">What is done.</param>
/// <param name="Records">With how many records.</param>
/// <param name="Before">The SHA-256 of the blob as it was, hexadecimal; null for tables and keys.</param>
/// <param name="After">The SHA-256 of the blob as it is now; null if it is gone, and for tables and keys.</param>
/// <param name="At">When it was found.</param>
public sealed record ErasureFinding(
    string Store, string Item, string Action, long Records, string? Before = null, string? After = null, DateTimeOffset At = default)
{
    /// <summary>Of raw lines: how many of them had been curated or are about to be.</summary>
    public long Curated { get; init; }

    /// <summary>Of raw lines: how many stay as they are, for the key that they are encrypted under is destroyed.</summary>
    public long Shredded { get; init; }

    /// <summary>The findings of an erasure.</summary>
    public static string FolderOf(string erasure) => $"{BlobAreas.Ledger}/erasures/{BlobNames.Segment(erasure)}/";

    /// <summary>The findings of one of its sweeps.</summary>
    public static string FolderOf(string erasure, int sweep) => $"{FolderOf(erasure)}{sweep:D3}/";
}
