using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Quality.Sets;

/// <summary>What the records of a run were like as a whole: the figures of the contract's rules about sets.</summary>
public sealed record RunSet
{
    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary>The run.</summary>
    public required string Run { get; init; }

    /// <summary>When it was planned.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The contract with its version.</summary>
    public required string Contract { get; init; }

    /// <summary>Whether it read the whole stream, so that its records are all that there are.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Records read.</summary>
    public required long Read { get; init; }

    /// <summary>Records that were JSON objects when they came to the contract.</summary>
    public required long Rows { get; init; }

    /// <summary>How many records break each rule; not those about the number of records.</summary>
    public required IReadOnlyDictionary<string, long> Rules { get; init; }

    /// <summary>The document that has a stream's last one.</summary>
    public static string NameFor(string pipeline, string stream) => $"{BlobAreas.State}/sets/{BlobNames.Segment(pipeline)}/{BlobNames.Segment(stream)}.json";
}
