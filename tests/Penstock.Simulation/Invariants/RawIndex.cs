using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;

namespace Penstock.Simulation.Invariants;

/// <summary>What the raw blobs hold, read independently of the stages. Raw is immutable.</summary>
public sealed class RawIndex(World world) : Invariant(world, "1 nothing acknowledged is lost")
{
    private readonly Dictionary<string, RawContent> _blobs = [];

    /// <summary>The raw blobs that there are.</summary>
    public IReadOnlyDictionary<string, RawContent> Blobs => _blobs;

    /// <summary>Every version of a record that is in some raw blob.</summary>
    public HashSet<string> Uids { get; } = [];

    public override async ValueTask WrittenAsync(string name)
    {
        if (!name.StartsWith("raw/", StringComparison.Ordinal) || !Check(!_blobs.ContainsKey(name), $"the raw blob {name} was overwritten"))
            return;
        Blob blob = (await World.Blobs.GetAsync(name))!;
        using var text = new StreamReader(new GZipStream(new MemoryStream(blob.Content.ToArray()), CompressionMode.Decompress), Encoding.UTF8);
        var lines = new List<RawLine>();
        while (await text.ReadLineAsync() is { } line)
            lines.Add(RawLine.Parse(line, lines.Count + 1));
        DateTimeOffset? takenAt = RawNames.TakenAt(name);
        Check(takenAt is not null, $"the raw blob {name} doesn't say when it was taken");
        _blobs.Add(name, new RawContent(name, takenAt ?? default, lines, blob.Content.Length));
        Uids.UnionWith(lines.Select(line => line.Uid).OfType<string>());
        foreach (RawLine line in lines.Where(line => line.Uid is not null))
            Check(World.Source.Versions.ContainsKey(line.Uid!), $"{line.Uid} in {name} was never at the source");
    }

    public override void Deleted(string name)
    {
        if (_blobs.Remove(name))
            Check(!World.Invariants.Slices.IsCommitted(name), $"the committed raw blob {name} was deleted");
    }
}

/// <summary>A raw blob's content.</summary>
public sealed record RawContent(string Name, DateTimeOffset TakenAt, IReadOnlyList<RawLine> Lines, int Size)
{
    /// <summary>The stream that it belongs to.</summary>
    public string Stream => Name.Split('/')[2];
}

/// <summary>A line of a raw blob.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Id">The key; null if it isn't a record.</param>
/// <param name="Uid">Names the version of the record; null if it isn't a record.</param>
/// <param name="Updated">The version.</param>
/// <param name="IsGood">Whether it keeps the contract.</param>
/// <param name="Text">The line.</param>
public sealed record RawLine(int Number, string? Id, string? Uid, long Updated, bool IsGood, string Text)
{
    /// <summary>Which version of its record it is.</summary>
    public int Version { get; init; }

    /// <summary>A payload that wasn't JSON, as base64.</summary>
    public string? Noise { get; init; }

    public static RawLine Parse(string text, int number)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement record = document.RootElement;
        if (!record.TryGetProperty("id", out JsonElement id))
            return new RawLine(number, null, null, 0, false, text) { Noise = record.TryGetProperty("_raw_base64", out JsonElement raw) ? raw.GetString() : null };
        int version = record.GetProperty("n").GetInt32();
        return new RawLine(
            number, id.GetString(), $"{id.GetString()}.{version}", record.GetProperty("updated").GetInt64(),
            record.GetProperty("note").ValueKind == JsonValueKind.String, text) { Version = version };
    }
}
