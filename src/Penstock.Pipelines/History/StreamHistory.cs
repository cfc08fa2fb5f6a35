using System.Globalization;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.History;

/// <summary>The runs of a stream that have ended, the newest first: the last ones here, earlier ones in archives.</summary>
/// <param name="Runs">At most <see cref="MaxRuns"/>, by the time they ended.</param>
/// <param name="Archives">How many archives there are, of <see cref="RunsPerArchive"/> runs each.</param>
public sealed record StreamHistory(IReadOnlyList<RunSummary> Runs, int Archives = 0)
{
    /// <summary>Few enough that entering one more stays a small write.</summary>
    public const int MaxRuns = 100;

    /// <summary>How many go to an archive at once.</summary>
    public const int RunsPerArchive = 50;

    /// <summary>No run has ended yet.</summary>
    public static StreamHistory Empty { get; } = new([]);

    /// <summary>Enters a run.</summary>
    public StreamHistory With(RunSummary run) =>
        this with { Runs = [.. Runs.Append(run).OrderByDescending(one => one.EndedAt).ThenByDescending(one => one.Id, StringComparer.Ordinal)] };

    /// <summary>The name of a stream's history.</summary>
    public static string NameFor(string pipeline, string stream) => $"{Folder(pipeline, stream)}recent.json";

    /// <summary>The name of a stream's archive.</summary>
    public static string NameFor(string pipeline, string stream, int archive) =>
        string.Create(CultureInfo.InvariantCulture, $"{Folder(pipeline, stream)}archive-{archive:D6}.json");

    private static string Folder(string pipeline, string stream) =>
        $"{BlobAreas.State}/history/{BlobNames.Segment(pipeline)}/{BlobNames.Segment(stream)}/";
}
