using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Watching.Figures;

/// <summary>Runs that aren't landed as records yet, and the last ones that are; each as pipeline, stream and id, a line each.</summary>
/// <param name="Runs">Runs that are awaited.</param>
/// <param name="Told">The last runs that were landed.</param>
public sealed record AwaitedRuns(IReadOnlyList<string> Runs, IReadOnlyList<string> Told)
{
    /// <summary>The document's name.</summary>
    public const string Name = BlobAreas.State + "/history/runs.json";

    /// <summary>When the last run ended that was found; null before the first.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>A run's line.</summary>
    public static string NameOf(string pipeline, string stream, string run) => $"{pipeline}\n{stream}\n{run}";
}
