namespace Penstock.Pipelines.Definitions;

/// <summary>Where a stream's curated records go; at least one of the two.</summary>
/// <param name="Table">Whether there is a table: Cosmos DB in the cloud, curated files locally.</param>
/// <param name="Lake">How lake files are partitioned; null if there are none.</param>
public sealed record StreamOutputs(bool Table = true, LakePartition? Lake = null)
{
    /// <summary>A table and no lake files.</summary>
    public static StreamOutputs Default { get; } = new();
}

/// <summary>The folders that lake files lie in, by when their records were taken from the source, in UTC.</summary>
public enum LakePartition
{
    /// <summary><c>date=2026-01-31/</c></summary>
    Day,

    /// <summary><c>date=2026-01-31/hour=09/</c></summary>
    Hour,

    /// <summary><c>month=2026-01/</c></summary>
    Month,
}
