using Penstock.Pipelines.Contracts;

namespace Penstock.Pipelines.Definitions;

/// <summary>
/// The pipeline that every installation has: what Penstock says of itself, landed and curated like any other data. Its streams are
/// <c>quality</c> (a record a blob and column) and <c>runs</c> (a record a run).
/// </summary>
public static class SystemPipeline
{
    /// <summary>Its name; no other pipeline can have it.</summary>
    public const string Name = "penstock";

    /// <summary>Figures of columns: a record a blob and column.</summary>
    public const string QualityStream = "quality";

    /// <summary>Figures of runs: a record a run.</summary>
    public const string RunsStream = "runs";

    /// <summary>The pipeline.</summary>
    public static UsablePipeline Entry { get; } = new(new Pipeline
    {
        Name = Name,
        Description = "What Penstock says of itself: runs, and the quality of what they brought.",
        Streams =
        [
            Stream(QualityStream, version: "at"),
            Stream(RunsStream, version: "version"),
        ],
    });

    /// <summary>Whether a name is this pipeline's.</summary>
    public static bool Is(string pipeline) => pipeline == Name;

    private static PipelineStream Stream(string name, string version)
    {
        Contract contract = SystemContract.Of(name);
        return new PipelineStream { Name = name, Key = contract.PrimaryKey, Version = version, Contract = contract, Reception = new Reception(null, null) };
    }
}
