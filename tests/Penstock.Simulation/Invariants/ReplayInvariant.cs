using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Replays;

namespace Penstock.Simulation.Invariants;

/// <summary>When all is quiet, each replay has transformed what was committed when it was asked for, each blob once, and nothing that nobody has committed.</summary>
public sealed class ReplayInvariant(World world, InvariantSet set) : Invariant(world, "3 curated is a function of raw")
{
    public override async ValueTask AtEndAsync()
    {
        await foreach (BlobEntry entry in World.Blobs.ListAsync(Replay.Folder))
        {
            Replay replay = (await set.Documents.FindAsync<Replay>(entry.Name))!.Value;
            string id = replay.Id;
            List<string> sent = await SentAsync(id);
            Check(
                replay is { Status: ReplayStatus.Completed, IsListed: true, EndedAt: not null } && replay.BatchesEnded.Count == replay.Batches && replay.Blobs == sent.Count,
                $"the replay {id} has sent {sent.Count} blobs, and says {replay}");
            Check(sent.Distinct().Count() == sent.Count, $"the replay {id} has sent a blob twice: {string.Join(", ", sent)}");
            foreach (string blob in World.Expectations.Replays.GetValueOrDefault(id, []).Except(sent))
                Check(false, $"the replay {id} has left out {blob}");
            foreach (string blob in sent)
                Check(set.Slices.IsCommitted(blob), $"the replay {id} has transformed {blob}, which nobody has committed");
            CheckCounts(replay, sent);
        }
    }

    private void CheckCounts(Replay replay, List<string> sent)
    {
        List<RawLine> lines = [.. sent.SelectMany(blob => set.Raw.Blobs[blob].Lines)];
        int good = lines.Count(line => line.IsGood);
        Check(
            replay.Counts == new ReplayCounts(sent.Count, 0, lines.Count, good, lines.Count - good, 0),
            $"the replay {replay.Id} has {good} good of {lines.Count} records in {sent.Count} blobs; it says {replay.Counts}");
    }

    private async ValueTask<List<string>> SentAsync(string id)
    {
        var sent = new List<string>();
        await foreach (BlobEntry batch in World.Blobs.ListAsync($"{BlobAreas.State}/replay-parts/{id}/batch-"))
            sent.AddRange((await set.Documents.FindAsync<ReplayBatch>(batch.Name))!.Value.Blobs.Select(blob => blob.Name));
        return sent;
    }
}
