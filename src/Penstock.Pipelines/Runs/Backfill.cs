namespace Penstock.Pipelines.Runs;

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
    /// <summary>The id of its run in each stream.</summary>
    public string RunId => $"backfill-{Id}";
}
