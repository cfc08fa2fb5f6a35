namespace Penstock.Pipelines.Replays;

/// <summary>How replays work.</summary>
public sealed record ReplayOptions
{
    /// <summary>How many raw blobs are sent together at most; default 50. Few enough that workers seldom meet at their progress document.</summary>
    public int BlobsPerBatch { get; init; } = 50;
}
