using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Lineage;

/// <summary>Says that a run's lineage is still to be told. It is gone once its end is.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Run">The run's id.</param>
/// <param name="At">When the run began.</param>
/// <param name="ToldAt">When something was last told; null if nothing was.</param>
public sealed record LineageNote(string Pipeline, string Stream, string Run, DateTimeOffset At, DateTimeOffset? ToldAt = null)
{
    /// <summary>All notes.</summary>
    public const string Folder = BlobAreas.State + "/lineage/";

    /// <summary>A run's note.</summary>
    public static LineageNote Of(Run run) => new(run.Pipeline, run.Stream, run.Id, run.CreatedAt);

    /// <summary>The note's name.</summary>
    public string Name => $"{Folder}{BlobNames.Segment(Pipeline)}/{BlobNames.Segment(Stream)}/{BlobNames.Segment(Run)}.json";
}
