using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Ledger;

/// <summary>A run in numbers.</summary>
public sealed record RunCounts
{
    /// <summary>Slices that were begun.</summary>
    public int SlicesBegun { get; init; }

    /// <summary>Slices that are landed.</summary>
    public int SlicesLanded { get; init; }

    /// <summary>Slices that failed for good.</summary>
    public int SlicesFailed { get; init; }

    /// <summary>Records landed.</summary>
    public long Landed { get; init; }

    /// <summary>Records that the connector's filter left out: they were never landed.</summary>
    public long FilteredUnlanded { get; init; }

    /// <summary>Records left out on purpose: by the connector's filter, by the stream's shape, or because somebody was erased.</summary>
    public long Filtered { get; init; }

    /// <summary>Records read: once all is curated, curated + quarantined + filtered.</summary>
    public long Read => Landed + FilteredUnlanded;

    /// <summary>Raw blobs.</summary>
    public int Blobs { get; init; }

    /// <summary>The size of the raw blobs, compressed.</summary>
    public long Bytes { get; init; }

    /// <summary>Raw blobs that are curated.</summary>
    public int BlobsCurated { get; init; }

    /// <summary>Records curated.</summary>
    public long Curated { get; init; }

    /// <summary>Of those, records that were older than what was there.</summary>
    public long Stale { get; init; }

    /// <summary>Records in quarantine.</summary>
    public long Quarantined { get; init; }

    /// <summary>Calls to the source.</summary>
    public int Calls { get; init; }

    /// <summary>Calls that the source refused for its rate limit.</summary>
    public int Throttled { get; init; }

    /// <summary>What all of it used: planning, extracting and transforming.</summary>
    public Usage Usage { get; init; } = Usage.None;

    /// <summary>Why a slice waits or failed last; null if none does.</summary>
    public string? Remark { get; init; }

    /// <summary>Whether everything landed is curated or set aside.</summary>
    public bool IsCurated => BlobsCurated == Blobs;

    internal RunCounts With(SliceDocument slice) => this with
    {
        SlicesBegun = SlicesBegun + 1,
        SlicesLanded = SlicesLanded + (slice.Status == SliceStatus.Landed ? 1 : 0),
        SlicesFailed = SlicesFailed + (slice.Status == SliceStatus.Failed ? 1 : 0),
        Landed = Landed + slice.Blobs.Sum(blob => (long)blob.Records),
        FilteredUnlanded = FilteredUnlanded + slice.Filtered,
        Filtered = Filtered + slice.Filtered,
        Blobs = Blobs + slice.Blobs.Count,
        Bytes = Bytes + slice.Blobs.Sum(blob => (long)blob.Bytes),
        Calls = Calls + slice.Calls,
        Throttled = Throttled + slice.Throttled,
        Usage = Usage + (slice.Usage ?? Usage.None),
        Remark = slice.Status == SliceStatus.Landed ? Remark : slice.Remark ?? Remark,
    };

    internal RunCounts With(TransformEntry entry) => this with
    {
        BlobsCurated = BlobsCurated + 1,
        Curated = Curated + entry.Curated,
        Stale = Stale + entry.Stale,
        Quarantined = Quarantined + entry.Quarantined,
        Filtered = Filtered + entry.Filtered,
        Usage = Usage + (entry.Usage ?? Usage.None),
    };
}
