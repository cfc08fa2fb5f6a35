using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;

namespace Penstock.Simulation.Invariants;

/// <summary>When a raw blob counts as curated: each of its records is curated, or older than what is, or in quarantine with its line.</summary>
public sealed class TransformInvariant(World world, InvariantSet set) : Invariant(world, "6 read = curated + quarantined + filtered")
{
    private const string Folder = "ledger/transforms/";

    public override async ValueTask WrittenAsync(string name)
    {
        if (name.StartsWith(Folder, StringComparison.Ordinal))
            await CheckAsync((await set.Documents.FindAsync<TransformEntry>(name))!.Value);
    }

    public override async ValueTask AtEndAsync()
    {
        foreach (RawContent raw in set.Raw.Blobs.Values)
        {
            bool counts = set.Slices.IsCommitted(raw.Name) || raw.Stream == World.Scenario.ReceivedStream;
            TransformEntry? entry = (await set.Documents.FindAsync<TransformEntry>(TransformEntry.NameFor(raw.Name)))?.Value;
            if (Check(counts == entry is not null, $"{raw.Name} is {(counts ? "landed and not transformed" : "not committed and was transformed")}") && entry is not null)
                await CheckAsync(entry);
        }
    }

    private async ValueTask CheckAsync(TransformEntry entry)
    {
        if (!Check(set.Raw.Blobs.TryGetValue(entry.Blob, out RawContent? raw), $"{entry.Blob} was transformed and isn't there"))
            return;
        int good = raw!.Lines.Count(line => line.IsGood);
        Check(
            entry.Read == raw.Lines.Count && entry.Curated == good && entry.Quarantined == raw.Lines.Count - good && entry.Filtered == 0 && entry.Stale <= good,
            $"{entry.Blob} has {good} good of {raw.Lines.Count} records; its entry says {entry}");
        foreach (RawLine line in raw.Lines.Where(line => line.IsGood))
        {
            CuratedRecord? curated = await World.Curated.FindAsync(new CuratedTable(World.Scenario.Pipeline.Name, raw.Stream), line.Id!);
            Check(
                curated is not null && RawLine.Parse(Encoding.UTF8.GetString(curated.Json.Span), 0).Updated >= line.Updated,
                $"{entry.Blob} counts as curated, and {line.Uid} isn't");
        }

        await CheckQuarantineAsync(raw);
    }

    private async ValueTask CheckQuarantineAsync(RawContent raw)
    {
        List<RawLine> bad = [.. raw.Lines.Where(line => !line.IsGood)];
        string name = $"quarantine/{raw.Name["raw/".Length..]}";
        if (await World.Blobs.GetAsync(name) is not { } blob)
        {
            Check(bad.Count == 0, $"{bad.Count} bad records of {raw.Name} aren't in quarantine");
            return;
        }

        using var text = new StreamReader(new GZipStream(new MemoryStream(blob.Content.ToArray()), CompressionMode.Decompress), Encoding.UTF8);
        string[] lines = (await text.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (!Check(lines.Length == bad.Count, $"{bad.Count} bad records of {raw.Name}, {lines.Length} in quarantine"))
            return;
        foreach ((RawLine line, string kept) in bad.Zip(lines))
        {
            using JsonDocument document = JsonDocument.Parse(kept);
            JsonElement root = document.RootElement;
            Check(
                root.GetProperty("line").GetInt64() == line.Number && root.GetProperty("blob").GetString() == raw.Name
                    && root.GetProperty("rule").GetString()!.Length > 0 && root.GetProperty("reason").GetString()!.Length > 0
                    && (!root.TryGetProperty("record", out JsonElement record) || record.GetRawText() == line.Text),
                $"{raw.Name} line {line.Number} is in quarantine as {kept}");
        }
    }
}
