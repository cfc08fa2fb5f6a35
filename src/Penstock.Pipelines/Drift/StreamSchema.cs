using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Statistics;

namespace Penstock.Pipelines.Drift;

/// <summary>What is known of a stream's columns, and how they have drifted. One document a stream, its history kept.</summary>
public sealed record StreamSchema
{
    /// <summary>All of them.</summary>
    public const string Folder = BlobAreas.Ledger + "/drift/";

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary>The columns that are known, by path: those of the stream's first blob, and those that came since if the policy is to evolve.</summary>
    public IReadOnlyDictionary<string, ObservedColumn> Columns { get; init; } = new Dictionary<string, ObservedColumn>();

    /// <summary>What has drifted, the latest last.</summary>
    public IReadOnlyList<DriftRecord> Drifts { get; init; } = [];

    /// <summary>The document's name.</summary>
    public static string NameFor(string pipeline, string stream) => $"{Folder}{BlobNames.Segment(pipeline)}/{BlobNames.Segment(stream)}.json";
}

/// <summary>A column that was seen.</summary>
/// <param name="FirstSeen">When.</param>
/// <param name="Blob">In which raw blob.</param>
/// <param name="Kinds">The kinds of its values.</param>
public sealed record ObservedColumn(DateTimeOffset FirstSeen, string Blob, IReadOnlyList<ValueKind> Kinds);

/// <summary>A drift of one column.</summary>
public sealed record DriftRecord
{
    /// <summary>What drifted.</summary>
    public required DriftEntity Entity { get; init; }

    /// <summary>The column's path.</summary>
    public required string Path { get; init; }

    /// <summary>The contract's type; null if it doesn't declare the column.</summary>
    public LogicalType? Expected { get; init; }

    /// <summary>What was there.</summary>
    public required ValueKind Found { get; init; }

    /// <summary>What was done.</summary>
    public required DriftMode Mode { get; init; }

    /// <summary>The contract at that time, with its version; null if there was none.</summary>
    public string? Contract { get; init; }

    /// <summary>When it was first seen.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>The raw blob in which it was first seen.</summary>
    public required string FirstBlob { get; init; }

    /// <summary>The record of that blob, from 1.</summary>
    public required long FirstLine { get; init; }

    /// <summary>When it was last seen.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>The raw blob in which it was last seen.</summary>
    public required string LastBlob { get; init; }

    /// <summary>How many records had it.</summary>
    public required long Records { get; init; }
}
