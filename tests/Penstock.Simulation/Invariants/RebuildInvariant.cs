using System.Security.Cryptography;
using System.Text;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Invariants;

/// <summary>Curated is a function of raw: rebuilt from it into an empty store, in another order, it is the same.</summary>
public sealed class RebuildInvariant(World world, InvariantSet set) : Invariant(world, "3 curated is a function of raw")
{
    private int _rebuilds;

    public override async ValueTask AtEndAsync()
    {
        Worker? worker = World.AnyWorker();
        if (World.Violations.Count > 0 || !Check(worker is not null, $"no worker is alive"))
            return;
        string[] raw = [.. set.Raw.Blobs.Values.Where(raw => set.Slices.IsCommitted(raw.Name) || raw.Stream == World.Scenario.ReceivedStream).Select(raw => raw.Name)];
        _rebuilds++;
        string before = await HashAsync();
        World.Curated = new MemoryCuratedStore();
        World.Seeds.Shuffle(raw);
        foreach (string blob in raw)
        {
            TransformOutcome outcome = await worker!.Get<TransformStage>().RunAsync(
                new TransformMessage(World.Scenario.Pipeline.Name, set.Raw.Blobs[blob].Stream, blob, Replay: $"rebuild{_rebuilds}"));
            Check(outcome is BlobCurated { IsNew: true }, $"replaying {blob} gave {outcome}");
        }

        string after = await HashAsync();
        Check(before == after, $"the curated output has the hash {before}; rebuilt from raw it has {after}");
    }

    private async ValueTask<string> HashAsync()
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string stream in new[] { World.Scenario.PulledStream, World.Scenario.ReceivedStream }.OfType<string>())
        {
            await foreach (CuratedRecord record in World.Curated.ReadAsync(new CuratedTable(World.Scenario.Pipeline.Name, stream)))
                lines.Add($"{stream} {record.Key} {record.Version}", Encoding.UTF8.GetString(record.Json.Span));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }
}
