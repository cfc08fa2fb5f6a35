using System.Globalization;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Runs;

/// <summary>Where the documents of runs lie.</summary>
public static class RunNames
{
    /// <summary>All markers of runs that go on.</summary>
    public const string OpenRuns = BlobAreas.State + "/open/";

    /// <summary>All backfills.</summary>
    public const string Backfills = BlobAreas.State + "/backfills/";

    /// <summary>A stream's document.</summary>
    public static string Stream(string pipeline, string stream) => $"{BlobAreas.State}/streams/{Path(pipeline, stream)}/stream.json";

    /// <summary>All runs of a pipeline.</summary>
    public static string Runs(string pipeline) => $"{BlobAreas.State}/runs/{BlobNames.Segment(pipeline)}/";

    /// <summary>All runs of a stream.</summary>
    public static string Runs(string pipeline, string stream) => $"{BlobAreas.State}/runs/{Path(pipeline, stream)}/";

    /// <summary>A run's document.</summary>
    public static string Run(string pipeline, string stream, string run) => $"{Folder(pipeline, stream, run)}run.json";

    /// <summary>A run's documents.</summary>
    public static string Folder(string pipeline, string stream, string run) => $"{Runs(pipeline, stream)}{BlobNames.Segment(run)}/";

    /// <summary>The marker that a run goes on: planning and Watch look here instead of through all the past.</summary>
    public static string OpenRun(string pipeline, string stream, string run) => $"{OpenRuns}{Path(pipeline, stream)}/{BlobNames.Segment(run)}";

    /// <summary>A batch of slices.</summary>
    public static string Batch(Run run, int batch) => string.Create(
        CultureInfo.InvariantCulture, $"{Folder(run.Pipeline, run.Stream, run.Id)}plan-{batch:D6}.json");

    /// <summary>A batch's progress.</summary>
    public static string Progress(Run run, int batch) => string.Create(
        CultureInfo.InvariantCulture, $"{Folder(run.Pipeline, run.Stream, run.Id)}progress-{batch:D6}.json");

    /// <summary>A slice's document.</summary>
    public static string Slice(string pipeline, string stream, string run, int ordinal) => string.Create(
        CultureInfo.InvariantCulture, $"{Folder(pipeline, stream, run)}slice-{ordinal:D8}.json");

    /// <summary>A backfill's document.</summary>
    public static string Backfill(string id) => $"{Backfills}{BlobNames.Segment(id)}.json";

    private static string Path(string pipeline, string stream) => $"{BlobNames.Segment(pipeline)}/{BlobNames.Segment(stream)}";
}
