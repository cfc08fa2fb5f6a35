using System.Text;
using Penstock.Pipelines.Ports;
using Penstock.Simulation.Sources;

namespace Penstock.Simulation.Invariants;

/// <summary>The curated output never goes back, and in the end holds what folding the raw blobs gives, and what the source has.</summary>
public sealed class CuratedInvariant(World world, InvariantSet set) : Invariant(world, "2 twice is once; an older record never overwrites a newer one")
{
    private readonly Dictionary<(ICuratedStore, CuratedTable, string), long> _versions = [];

    public override async ValueTask UpsertedAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records)
    {
        foreach (CuratedRecord record in records)
        {
            if (await World.Curated.FindAsync(table, record.Key) is not { } stored)
                continue;
            long updated = RawLine.Parse(Encoding.UTF8.GetString(stored.Json.Span), 0).Updated;
            Check(updated >= _versions.GetValueOrDefault((World.Curated, table, record.Key)), $"{record.Key} went back to {updated}");
            _versions[(World.Curated, table, record.Key)] = updated;
        }
    }

    public override async ValueTask AtEndAsync()
    {
        foreach (string stream in new[] { World.Scenario.PulledStream, World.Scenario.ReceivedStream }.OfType<string>())
            await CheckAsync(stream);
        CheckSource();
    }

    private async ValueTask CheckAsync(string stream)
    {
        // The newest of a key: by its version, then as it came to be, which in this source its number says.
        var expected = set.Raw.Blobs.Values
            .Where(raw => raw.Stream == stream && (set.Slices.IsCommitted(raw.Name) || stream == World.Scenario.ReceivedStream))
            .SelectMany(raw => raw.Lines.Where(line => line.IsGood), (raw, line) => (Raw: raw, Line: line))
            .GroupBy(one => one.Line.Id!)
            .ToDictionary(key => key.Key, key => key.OrderBy(one => one.Line.Updated).ThenBy(one => one.Line.Version).Last().Line);
        int count = 0;
        await foreach (CuratedRecord record in World.Curated.ReadAsync(new CuratedTable(World.Scenario.Pipeline.Name, stream)))
        {
            count++;
            string json = Encoding.UTF8.GetString(record.Json.Span);
            if (Check(expected.TryGetValue(record.Key, out RawLine? line), $"{record.Key} is curated and not in raw"))
                Check(json == line!.Text, $"{record.Key} is curated as {json}; the newest in raw is {line.Text}");
        }

        Check(count == expected.Count, $"{expected.Count} keys of {stream} are in raw, {count} are curated");
        if (stream == World.Scenario.ReceivedStream)
            await CheckReceivedAsync(stream);
    }

    // What was sent last for a key is what is curated, if it keeps the contract; else the last that did.
    private async ValueTask CheckReceivedAsync(string stream)
    {
        foreach (SourceRecord sent in World.Source.Versions.Values)
            Check(sent.IsBad || set.Raw.Uids.Contains(sent.Uid), $"{sent.Uid} was sent, and it isn't landed");
        foreach (var key in World.Source.Versions.Values.Where(sent => !sent.IsBad).GroupBy(sent => sent.Id))
        {
            string last = key.MaxBy(sent => sent.Number)!.Uid;
            CuratedRecord? curated = await World.Curated.FindAsync(new CuratedTable(World.Scenario.Pipeline.Name, stream), key.Key);
            string? uid = curated is null ? null : RawLine.Parse(Encoding.UTF8.GetString(curated.Json.Span), 0).Uid;
            Check(uid == last, $"the last of {key.Key} that was sent is {last}; {uid} is curated");
        }
    }

    private void CheckSource()
    {
        if (World.Scenario.PulledStream is null)
            return;
        foreach (SourceRecord record in World.Source.Current)
            Check(set.Slices.LandedUids.Contains(record.Uid), $"the source has {record.Uid}, and it isn't landed");
    }
}
