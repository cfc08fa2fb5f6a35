using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Operating;

/// <summary>An operator's word on whether a pipeline runs. It adds to what the pipeline's file says, which it can't undo.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="IsPaused">Whether it is paused.</param>
/// <param name="At">When that was said.</param>
/// <param name="By">Who said it.</param>
/// <param name="Reason">Why, for people; may be empty.</param>
public sealed record PipelinePause(string Pipeline, bool IsPaused, DateTimeOffset At, string By, string Reason)
{
    /// <summary>All of them.</summary>
    public const string Folder = BlobAreas.State + "/pauses/";

    /// <summary>A pipeline's.</summary>
    public static string NameFor(string pipeline) => $"{Folder}{BlobNames.Segment(pipeline)}.json";
}
