namespace Penstock.Connectors.Retrieval;

/// <summary>How slices are read.</summary>
public sealed record ReadingOptions
{
    /// <summary>
    /// The longest wait that is awaited in place; a longer one ends the reading with a wait as its result. Ten seconds by
    /// default, not negative.
    /// </summary>
    public TimeSpan MaxInlineWait { get; init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxInlineWait must not be negative."); } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// No wait is longer than this, whatever the source asks: for reading from a source that is only simulated. Null, the
    /// default, keeps every wait.
    /// </summary>
    public TimeSpan? WaitCap { get; init; }

    /// <summary>The most bytes of records that a step holds when a response is read as a stream. 8 MiB by default.</summary>
    public int StreamedPageBytes { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "StreamedPageBytes must be positive."); } = 8 * 1024 * 1024;

    /// <summary>The most bytes of responses that <c>use_cache</c> keeps. 64 MiB by default; 0 keeps none.</summary>
    public long CacheBytes { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "CacheBytes must not be negative."); } = 64 * 1024 * 1024;
}
