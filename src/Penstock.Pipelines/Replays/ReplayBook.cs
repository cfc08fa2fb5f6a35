using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Replays;

/// <summary>
/// Starts, continues and cancels replays. Only two batches of blobs are in the queue at once, so that live blobs find it short.
/// Each step may be repeated after a crash anywhere.
/// </summary>
/// <param name="documents">Where they are kept.</param>
/// <param name="blobs">Their listing.</param>
/// <param name="raw">Finds raw blobs.</param>
/// <param name="sender">Sends work.</param>
/// <param name="options">How many blobs are sent together.</param>
/// <param name="time">The clock.</param>
/// <param name="ids">Names replays.</param>
public sealed class ReplayBook(DocumentStore documents, IBlobStore blobs, RawBlobs raw, WorkSender sender, ReplayOptions options, TimeProvider time, IIdSource ids)
{
    private const int BatchesAtOnce = 2;
    private const int LooksPerBatch = 2_000;
    private readonly DocumentFolder<Replay> _all = new(blobs, documents, Replay.Folder);

    /// <summary>All replays, the newest first.</summary>
    public async ValueTask<IReadOnlyList<Replay>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await _all.ReadAsync(cancellationToken)).Select(replay => replay.Value).OrderByDescending(replay => replay.RequestedAt)];

    /// <summary>Finds a replay, or gives null.</summary>
    public async ValueTask<Replay?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        (await documents.FindAsync<Replay>(Replay.NameFor(id), cancellationToken))?.Value;

    /// <summary>Starts a replay; null if the key was used for another one.</summary>
    public async ValueTask<Replay?> StartAsync(ReplayFilter what, string? key, CancellationToken cancellationToken = default)
    {
        string id = key is null ? ids.Next() : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{what.Pipeline}\n{key}")))[..20];
        var wish = new Replay(id, what, time.GetUtcNow());
        // The marker first: a replay that exists is always found.
        if (await FindAsync(id, cancellationToken) is null)
            await documents.CreateAsync(MarkerOf(id), new OpenReplay(id, wish), cancellationToken);
        Replay replay = (await documents.ChangeAsync<Replay>(Replay.NameFor(id), known => known ?? wish, cancellationToken))!.Value;
        if (!replay.What.IsLike(what))
            return null;
        await AdvanceAsync(id, cancellationToken);
        return await FindAsync(id, cancellationToken);
    }

    /// <summary>Stops a replay: what is in the queue is still transformed, nothing more is sent. Null if there is none of that id.</summary>
    public async ValueTask<Replay?> CancelAsync(string id, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(id, cancellationToken) is null)
            return null;
        DateTimeOffset now = time.GetUtcNow();
        Replay replay = (await documents.ChangeAsync<Replay>(
            Replay.NameFor(id), known => known!.Status == ReplayStatus.Running ? known with { Status = ReplayStatus.Cancelled, EndedAt = now } : known, cancellationToken))!.Value;
        await AdvanceAsync(id, cancellationToken);
        return replay;
    }

    /// <summary>Continues those that go on: Plan calls it, so that none is forgotten.</summary>
    public async ValueTask AdvanceAllAsync(CancellationToken cancellationToken = default)
    {
        await foreach (BlobEntry marker in blobs.ListAsync(Replay.OpenFolder, cancellationToken))
        {
            if (await documents.FindAsync<OpenReplay>(marker.Name, cancellationToken) is not { Value: var open })
                continue;
            // Whoever began it may have died before it was written.
            if (open.Begun is { } begun)
                await documents.ChangeAsync<Replay>(Replay.NameFor(open.Id), known => known ?? begun, cancellationToken);
            await AdvanceAsync(open.Id, cancellationToken);
        }
    }

    /// <summary>Enters a blob that was transformed, or couldn't be, for a message's replay. Entering it again changes nothing.</summary>
    public async ValueTask EnterAsync(TransformMessage message, TransformEntry? entry, CancellationToken cancellationToken = default)
    {
        if (Parse(message.Replay) is not { } place || await documents.FindAsync<ReplayBatch>(BatchOf(place.Id, place.Batch), cancellationToken) is not { Value: var batch })
            return;
        ReplayCounts counts = entry is null ? new ReplayCounts(1, 1, 0, 0, 0, 0) : new ReplayCounts(1, 0, entry.Read, entry.Curated, entry.Quarantined, entry.Filtered);
        var progress = await documents.ChangeAsync<ReplayProgress>(
            ProgressOf(place.Id, place.Batch), current => (current ?? ReplayProgress.None).With(message.Blob, counts), cancellationToken);
        if (progress is null || progress.Value.Ended.Count < batch.Blobs.Count)
            return;
        ReplayCounts sum = progress.Value.Ended.Values.Aggregate(ReplayCounts.None, (all, one) => all + one);
        await documents.ChangeAsync<Replay>(
            Replay.NameFor(place.Id),
            replay => replay is null || replay.BatchesEnded.Contains(place.Batch) ? replay
                : replay with { BatchesEnded = [.. replay.BatchesEnded.Append(place.Batch).Order()], Counts = replay.Counts + sum },
            cancellationToken);
        await AdvanceAsync(place.Id, cancellationToken);
    }

    /// <summary>How far the batches are that are under way: their blobs that have ended.</summary>
    public async ValueTask<ReplayCounts> CountAsync(Replay replay, CancellationToken cancellationToken = default)
    {
        ReplayCounts counts = replay.Counts;
        for (int batch = 0; batch < replay.Batches; batch++)
        {
            if (!replay.BatchesEnded.Contains(batch) && await documents.FindAsync<ReplayProgress>(ProgressOf(replay.Id, batch), cancellationToken) is { } progress)
                counts = progress.Value.Ended.Values.Aggregate(counts, (all, one) => all + one);
        }

        return counts;
    }

    private async ValueTask AdvanceAsync(string id, CancellationToken cancellationToken)
    {
        while (await FindAsync(id, cancellationToken) is { } replay)
        {
            if (replay.Status != ReplayStatus.Running)
            {
                // Taken away here only: whoever ended it may have died before that, and then Plan comes here.
                await blobs.DeleteAsync(MarkerOf(id), cancellationToken: cancellationToken);
                return;
            }

            if (replay.IsListed && replay.BatchesEnded.Count == replay.Batches)
            {
                await CompleteAsync(id, cancellationToken);
                continue;
            }

            if (replay.IsListed || replay.Batches - replay.BatchesEnded.Count >= BatchesAtOnce)
                return;
            await SendNextAsync(replay, cancellationToken);
        }
    }

    private async ValueTask SendNextAsync(Replay replay, CancellationToken cancellationToken)
    {
        string name = BatchOf(replay.Id, replay.Batches);
        ReplayBatch batch = (await documents.FindAsync<ReplayBatch>(name, cancellationToken))?.Value ?? await GatherAsync(replay, cancellationToken);
        if (await documents.CreateAsync(name, batch, cancellationToken) is null)
            batch = (await documents.FindAsync<ReplayBatch>(name, cancellationToken))!.Value; // Somebody else was faster: what he found counts.
        foreach (ReplayBlob blob in batch.Blobs)
            await sender.SendAsync(new TransformMessage(replay.What.Pipeline, blob.Stream, blob.Name, Write(replay.Id, replay.Batches)), cancellationToken: cancellationToken);
        await documents.ChangeAsync<Replay>(
            Replay.NameFor(replay.Id),
            current => current is null || current.Batches != replay.Batches ? current : current with
            {
                Batches = current.Batches + 1,
                Blobs = current.Blobs + batch.Blobs.Count,
                Position = batch.Position ?? current.Position,
                IsListed = batch.IsLast,
                // A batch without blobs has none that would end it.
                BatchesEnded = batch.Blobs.Count == 0 ? [.. current.BatchesEnded, current.Batches] : current.BatchesEnded,
            },
            cancellationToken);
    }

    private async ValueTask<ReplayBatch> GatherAsync(Replay replay, CancellationToken cancellationToken)
    {
        var found = new List<ReplayBlob>();
        (string? position, int looks) = (null, 0);
        await foreach ((string looked, ReplayBlob? blob) in raw.FindAsync(replay.What, replay.Position, cancellationToken))
        {
            position = looked;
            if (blob is not null)
                found.Add(blob);
            if (found.Count == options.BlobsPerBatch || ++looks == LooksPerBatch)
                return new ReplayBatch(found, position, IsLast: false);
        }

        return new ReplayBatch(found, position, IsLast: true);
    }

    private async ValueTask CompleteAsync(string id, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await documents.ChangeAsync<Replay>(
            Replay.NameFor(id), replay => replay?.Status == ReplayStatus.Running ? replay with { Status = ReplayStatus.Completed, EndedAt = now } : replay, cancellationToken);
    }

    private static string MarkerOf(string id) => $"{Replay.OpenFolder}{BlobNames.Segment(id)}.json";

    private static string PartOf(string id, string part, int batch) =>
        string.Create(CultureInfo.InvariantCulture, $"{BlobAreas.State}/replay-parts/{BlobNames.Segment(id)}/{part}-{batch:D6}.json");

    private static string BatchOf(string id, int batch) => PartOf(id, "batch", batch);

    private static string ProgressOf(string id, int batch) => PartOf(id, "progress", batch);

    private static string Write(string id, int batch) => string.Create(CultureInfo.InvariantCulture, $"{id}.{batch}");

    private static (string Id, int Batch)? Parse(string? replay) =>
        replay?.Split('.') is [{ Length: > 0 } id, var batch] && int.TryParse(batch, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? (id, number) : null;
}
