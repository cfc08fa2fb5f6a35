using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Ledger;

/// <summary>What became of a raw blob's records: <c>read = curated + quarantined + filtered</c> (promise 6).</summary>
public sealed record TransformEntry
{
    /// <summary>The raw blob.</summary>
    public required string Blob { get; init; }

    /// <summary>Records read.</summary>
    public required long Read { get; init; }

    /// <summary>Records written to the curated output, or older than what is there.</summary>
    public required long Curated { get; init; }

    /// <summary>Of those, records that were older than what is there.</summary>
    public required long Stale { get; init; }

    /// <summary>Records set aside with a reason.</summary>
    public required long Quarantined { get; init; }

    /// <summary>Records left out on purpose.</summary>
    public required long Filtered { get; init; }

    /// <summary>Of those, records of subjects that were erased.</summary>
    public long Erased { get; init; }

    /// <summary>The erasures that are counted in it since it was made.</summary>
    public IReadOnlyList<string> ErasedBy { get; init; } = [];

    /// <summary>Rows of tables made of lists in the records, by table; they aren't counted above. Null if there are no such tables.</summary>
    public IReadOnlyDictionary<string, long>? Exploded { get; init; }

    /// <summary>The contract they were checked against, with its version; null if there was none.</summary>
    public string? Contract { get; init; }

    /// <summary>The replay that wrote this; null the first time.</summary>
    public string? Replay { get; init; }

    /// <summary>What the work on it used, as far as it was counted when this was written.</summary>
    public Usage? Usage { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    // Entering the entry itself: it is read and written.
    internal static Usage Writing { get; } = new() { BlobReads = 1, BlobWrites = 1 };

    /// <summary>The entry's name for a raw blob.</summary>
    public static string NameFor(string blob) => $"{BlobAreas.Ledger}/transforms/{blob[(BlobAreas.Raw.Length + 1)..]}.json";

    /// <summary>Whether the counts add up.</summary>
    public bool Balances => Read == Curated + Quarantined + Filtered;
}
