using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Replays;

/// <summary>An operator's wish to transform again from raw.</summary>
/// <param name="Id">The replay's id.</param>
/// <param name="What">Which raw blobs.</param>
/// <param name="RequestedAt">When it was asked for.</param>
public sealed record Replay(string Id, ReplayFilter What, DateTimeOffset RequestedAt)
{
    /// <summary>All replays.</summary>
    public const string Folder = BlobAreas.State + "/replays/";

    /// <summary>The markers of those that go on.</summary>
    public const string OpenFolder = BlobAreas.State + "/replays-open/";

    /// <summary>How far it is.</summary>
    public ReplayStatus Status { get; init; } = ReplayStatus.Running;

    /// <summary>When it ended; null as long as it hasn't.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The last raw blob that was looked at; null at the beginning.</summary>
    public string? Position { get; init; }

    /// <summary>Whether all raw blobs were looked at.</summary>
    public bool IsListed { get; init; }

    /// <summary>How many batches of raw blobs were sent.</summary>
    public int Batches { get; init; }

    /// <summary>How many raw blobs they had.</summary>
    public int Blobs { get; init; }

    /// <summary>The batches whose blobs are all transformed, in ascending order.</summary>
    public IReadOnlyList<int> BatchesEnded { get; init; } = [];

    /// <summary>What became of the blobs of these batches.</summary>
    public ReplayCounts Counts { get; init; } = ReplayCounts.None;

    /// <summary>The document's name.</summary>
    public static string NameFor(string id) => $"{Folder}{BlobNames.Segment(id)}.json";
}

/// <summary>Says that a replay goes on.</summary>
/// <param name="Id">The replay's id.</param>
/// <param name="Begun">The replay as it was begun; null if an earlier version wrote the marker.</param>
public sealed record OpenReplay(string Id, Replay? Begun = null);

/// <summary>How far a replay is.</summary>
public enum ReplayStatus
{
    /// <summary>Raw blobs are being looked for and transformed.</summary>
    Running,

    /// <summary>All of them are transformed.</summary>
    Completed,

    /// <summary>An operator stopped it: what was sent before is still transformed.</summary>
    Cancelled,
}

/// <summary>Which raw blobs to transform again. All that is said must be true of a blob.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Streams">Its streams.</param>
public sealed record ReplayFilter(string Pipeline, IReadOnlyList<string> Streams)
{
    /// <summary>Taken from the source at this instant or later; null for all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Taken from the source before this instant; null for all.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>These blobs only; none for all.</summary>
    public IReadOnlyList<string> Blobs { get; init; } = [];

    /// <summary>Last checked against this contract, <c>id@version</c>, or <c>none</c> for none; null for all.</summary>
    public string? Contract { get; init; }

    /// <summary>Whether another filter says the same.</summary>
    public bool IsLike(ReplayFilter other) =>
        Pipeline == other.Pipeline && Streams.SequenceEqual(other.Streams) && From == other.From && To == other.To
        && Blobs.SequenceEqual(other.Blobs) && Contract == other.Contract;
}

/// <summary>Some of a replay's raw blobs. Written once, before any of their messages is sent.</summary>
/// <param name="Blobs">The blobs, at most <see cref="ReplayOptions.BlobsPerBatch"/>.</param>
/// <param name="Position">The last blob that was looked at for it.</param>
/// <param name="IsLast">Whether no blob comes after it.</param>
public sealed record ReplayBatch(IReadOnlyList<ReplayBlob> Blobs, string? Position, bool IsLast);

/// <summary>A raw blob of a replay.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Name">Its name.</param>
public sealed record ReplayBlob(string Stream, string Name);

/// <summary>Which blobs of a batch are transformed, and what became of their records. A blob enters once.</summary>
/// <param name="Ended">By the blob's name.</param>
public sealed record ReplayProgress(IReadOnlyDictionary<string, ReplayCounts> Ended)
{
    /// <summary>No blob is transformed yet.</summary>
    public static ReplayProgress None { get; } = new(new Dictionary<string, ReplayCounts>());

    /// <summary>Enters a blob.</summary>
    public ReplayProgress With(string blob, ReplayCounts counts) =>
        Ended.ContainsKey(blob) ? this : new(new Dictionary<string, ReplayCounts>(Ended) { [blob] = counts });
}

/// <summary>What became of raw blobs.</summary>
/// <param name="Blobs">Blobs that were transformed, or couldn't be.</param>
/// <param name="Refused">Of those, blobs that couldn't be: they are dead letters.</param>
/// <param name="Read">Records read.</param>
/// <param name="Curated">Records curated.</param>
/// <param name="Quarantined">Records set aside.</param>
/// <param name="Filtered">Records left out on purpose.</param>
public sealed record ReplayCounts(int Blobs, int Refused, long Read, long Curated, long Quarantined, long Filtered)
{
    /// <summary>Nothing.</summary>
    public static ReplayCounts None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Adds two counts.</summary>
    public static ReplayCounts operator +(ReplayCounts a, ReplayCounts b) => new(
        a.Blobs + b.Blobs, a.Refused + b.Refused, a.Read + b.Read, a.Curated + b.Curated, a.Quarantined + b.Quarantined, a.Filtered + b.Filtered);

    /// <summary>Adds another count.</summary>
    public ReplayCounts Add(ReplayCounts other) => this + other;
}
