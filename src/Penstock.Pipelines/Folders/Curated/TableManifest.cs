using System.Text.Json;
using System.Text.Json.Serialization;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders.Curated;

/// <summary>What a table in a folder is made of. Replacing this file is the moment of every write.</summary>
internal sealed record TableManifest
{
    /// <summary>Which versions the table shows.</summary>
    public HistoryMode History { get; init; }

    /// <summary>Whether deleted records stay.</summary>
    public bool KeepsDeleted { get; init; }

    /// <summary>The number of the next segment.</summary>
    public long Next { get; init; }

    /// <summary>The segments, the oldest first. A segment's file that isn't named here is garbage.</summary>
    public IReadOnlyList<Segment> Segments { get; init; } = [];

    /// <summary>
    /// The curated files as they were last written, and the number of the next segment then; null as long as they are being
    /// written, or were never.
    /// </summary>
    public Settled? Settled { get; init; }

    /// <summary>Whether the curated files show all segments.</summary>
    [JsonIgnore]
    public bool IsSettled => Settled is { } settled && settled.Next == Next;

    /// <summary>The size of all segments, in bytes.</summary>
    [JsonIgnore]
    public long Bytes => Segments.Sum(segment => segment.Bytes);
}

/// <summary>A segment.</summary>
/// <param name="Number">Its number; also the file's name.</param>
/// <param name="Level">How often its records have been merged.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record Segment(long Number, int Level, long Bytes);

/// <summary>The curated files as they were last written.</summary>
/// <param name="Next">The number of the next segment then.</param>
/// <param name="Parts">Length and time of modification (UTC ticks) of each part; null for a part without rows.</param>
internal sealed record Settled(long Next, IReadOnlyList<PartState?> Parts);

/// <summary>A curated file.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Ticks">Its time of modification, in UTC ticks.</param>
internal sealed record PartState(long Length, long Ticks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TableManifest))]
internal sealed partial class TableManifestJson : JsonSerializerContext;
