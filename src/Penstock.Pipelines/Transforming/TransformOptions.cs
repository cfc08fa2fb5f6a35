namespace Penstock.Pipelines.Transforming;

/// <summary>How Transform works.</summary>
public sealed record TransformOptions
{
    /// <summary>The most records of a curated batch; default 32,000.</summary>
    public int BatchRecords { get; init; } = 32_000;

    /// <summary>The most bytes of a curated batch; default 16 MiB.</summary>
    public long BatchBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most bytes of a curated record; default 1.9 MiB, as a document of Cosmos DB has at most 2 MiB.</summary>
    public long RecordBytes { get; init; } = 1_992_294;

    /// <summary>The most characters of a key (see <c>CuratedRecord</c>).</summary>
    public const int KeyCharacters = 1_000;
}
