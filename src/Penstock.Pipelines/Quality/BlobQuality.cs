using System.Globalization;
using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Statistics;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Quality;

/// <summary>What the records of one raw blob were like when they were transformed: figures of columns, rules and drift.</summary>
public sealed record BlobQuality
{
    /// <summary>All of them, in the order of the time when they were transformed.</summary>
    public const string Folder = BlobAreas.Ledger + "/quality/";

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary>The raw blob.</summary>
    public required string Blob { get; init; }

    /// <summary>The run that landed it; null if it was received.</summary>
    public string? Run { get; init; }

    /// <summary>The contract with its version; null if there was none.</summary>
    public string? Contract { get; init; }

    /// <summary>The replay; null the first time.</summary>
    public string? Replay { get; init; }

    /// <summary>When its records were taken from the source.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>When it was transformed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Records read.</summary>
    public required long Read { get; init; }

    /// <summary>Records curated.</summary>
    public required long Curated { get; init; }

    /// <summary>Records in quarantine.</summary>
    public required long Quarantined { get; init; }

    /// <summary>Records left out on purpose.</summary>
    public required long Filtered { get; init; }

    /// <summary>Records that were JSON objects when they came to the contract: the columns' figures are of these.</summary>
    public required long Rows { get; init; }

    /// <summary>The columns.</summary>
    public IReadOnlyList<ColumnQuality> Columns { get; init; } = [];

    /// <summary>The contract's rules.</summary>
    public IReadOnlyList<RuleFigure> Rules { get; init; } = [];

    /// <summary>What drifted, as <c>entity path</c>, with the number of records.</summary>
    public IReadOnlyDictionary<string, long> Drift { get; init; } = new Dictionary<string, long>();

    /// <summary>The document's name: the time first, so that a reader finds what is new.</summary>
    public string Name => $"{PrefixOf(Pipeline, Stream, At)}-{ValueHash.Of(Encoding.UTF8.GetBytes(Blob + Replay)):x16}.json";

    /// <summary>The folder of what a stream's blobs were like.</summary>
    public static string FolderOf(string pipeline, string stream) => $"{Folder}{BlobNames.Segment(pipeline)}/{BlobNames.Segment(stream)}/";

    /// <summary>The folder of what a stream's blobs were like that were transformed in one hour.</summary>
    public static string FolderOf(string pipeline, string stream, DateTimeOffset hour) =>
        $"{FolderOf(pipeline, stream)}{hour.UtcDateTime.ToString("yyyy'/'MM'/'dd'/'HH'/'", CultureInfo.InvariantCulture)}";

    /// <summary>How the names begin of those that were transformed at a time.</summary>
    public static string PrefixOf(string pipeline, string stream, DateTimeOffset at) =>
        $"{FolderOf(pipeline, stream, at)}{at.UtcDateTime.ToString("mmssfff", CultureInfo.InvariantCulture)}";

    internal static BlobQuality Of(BlobContext blob, RecordPass pass, TransformEntry entry) => new()
    {
        Pipeline = blob.Pipeline.Name,
        Stream = blob.Stream.Name,
        Blob = blob.Name,
        Run = SliceBlobName.Parse(blob.Name)?.Run,
        Contract = entry.Contract,
        Replay = blob.Replay,
        TakenAt = blob.TakenAt,
        At = entry.At,
        Read = entry.Read,
        Curated = entry.Curated,
        Quarantined = entry.Quarantined,
        Filtered = entry.Filtered,
        Rows = pass.Rows,
        Columns = [.. pass.AllColumns().Where(column => !column.Path.EndsWith("[]", StringComparison.Ordinal)).Select(column => ColumnQuality.Of(column, pass.Rows))],
        Rules = [.. RuleFigure.Of(pass)],
        Drift = pass.Drifts.GroupBy(drift => $"{drift.Entity} {drift.Path}").ToDictionary(group => group.Key, group => group.Sum(drift => drift.Records)),
    };
}
