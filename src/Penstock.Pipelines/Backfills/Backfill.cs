namespace Penstock.Pipelines.Backfills;

/// <summary>An operator's wish to read a past window again: a run for each stream.</summary>
/// <param name="Id">The backfill's id.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Streams">The streams.</param>
/// <param name="From">The first instant of the window.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="RequestedAt">When it was asked for.</param>
public sealed record Backfill(
    string Id, string Pipeline, IReadOnlyList<string> Streams, DateTimeOffset From, DateTimeOffset To, DateTimeOffset RequestedAt)
{
    /// <summary>The most slices that may be read at once.</summary>
    public const int MaxParallelism = 64;

    /// <summary>How many slices of each stream may be read at once; default 4. Others wait outside the queue, so that live runs find it short.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>Whether its calls take quota as live runs do; by default they stand back.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>Since when it is paused; null if it isn't.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>How long it was paused before.</summary>
    public TimeSpan PausedFor { get; init; }

    /// <summary>The id of its run in each stream.</summary>
    public string RunId => $"backfill-{Id}";

    /// <summary>How long it was paused, all in all.</summary>
    public TimeSpan PausedUntil(DateTimeOffset now) => PausedFor + (PausedAt is { } since ? now - since : TimeSpan.Zero);

    /// <summary>Whether another wish asks for the same.</summary>
    public bool AsksFor(Backfill other) =>
        Pipeline == other.Pipeline && Streams.SequenceEqual(other.Streams) && From == other.From && To == other.To
        && Parallelism == other.Parallelism && IsUrgent == other.IsUrgent;
}
