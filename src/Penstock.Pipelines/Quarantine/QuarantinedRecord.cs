using System.Globalization;
using System.Text.Json;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Quarantine;

/// <summary>A record that was set aside.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Blob">The raw blob it is in.</param>
/// <param name="Line">Its line there, from 1.</param>
/// <param name="Rule">The rule it breaks.</param>
/// <param name="Path">Where in the record; empty for the whole.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Record">The record, masked as its stream says; null if it isn't JSON or is withheld.</param>
/// <param name="Text">What isn't JSON, as text; null otherwise.</param>
public sealed record QuarantinedRecord(
    string Pipeline, string Stream, string Blob, long Line, string Rule, string Path, string Reason, JsonElement? Record, string? Text)
{
    private const string Extension = ".jsonl.gz";

    /// <summary>Names it: the raw blob's name without area and extension, its parts joined by commas, and the line.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Blob[(BlobAreas.Raw.Length + 1)..^Extension.Length].Replace('/', ',')},{Line}");

    /// <summary>When it was taken from the source.</summary>
    public DateTimeOffset TakenAt => RawNames.TakenAt(Blob) ?? DateTimeOffset.MinValue;

    /// <summary>The raw blob and the line that an id names; null if it is no id.</summary>
    public static (string Blob, long Line)? Parse(string id)
    {
        int comma = id.LastIndexOf(',');
        if (comma < 0 || !long.TryParse(id.AsSpan(comma + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long line) || line < 1)
            return null;
        string blob = $"{BlobAreas.Raw}/{id[..comma].Replace(',', '/')}{Extension}";
        return id.Contains('/', StringComparison.Ordinal) || RawNames.TakenAt(blob) is null ? null : (blob, line);
    }

    /// <summary>Reads a line of a quarantine blob.</summary>
    internal static QuarantinedRecord Read(string pipeline, string stream, ReadOnlyMemory<byte> line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement json = document.RootElement;
        return new QuarantinedRecord(
            pipeline, stream, json.GetProperty("blob").GetString()!, json.GetProperty("line").GetInt64(), json.GetProperty("rule").GetString()!,
            json.GetProperty("path").GetString()!, json.GetProperty("reason").GetString()!,
            json.TryGetProperty("record", out JsonElement record) ? record.Clone() : null,
            json.TryGetProperty("text", out JsonElement text) ? text.GetString() : json.TryGetProperty("base64", out JsonElement bytes) ? bytes.GetString() : null);
    }
}

/// <summary>Which quarantined records are meant. What is null isn't asked for.</summary>
/// <param name="Pipeline">Those of this pipeline.</param>
/// <param name="Stream">Those of this stream of it.</param>
/// <param name="Rule">Those that break this rule.</param>
/// <param name="Ids">Those of these ids alone.</param>
public sealed record QuarantineFilter(string? Pipeline = null, string? Stream = null, string? Rule = null, IReadOnlyCollection<string>? Ids = null)
{
    /// <summary>Whether a record is meant.</summary>
    public bool Takes(QuarantinedRecord record) => (Rule is null || record.Rule == Rule) && (Ids is null || Ids.Contains(record.Id));
}
