using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Quarantine;

/// <summary>What operators do with records in quarantine: transform just those again, or throw them away.</summary>
/// <param name="shelf">The records.</param>
/// <param name="edit">Takes them out.</param>
/// <param name="sender">Sends transforms.</param>
/// <param name="ids">Names replays.</param>
public sealed class QuarantineDesk(QuarantineShelf shelf, QuarantineEdit edit, WorkSender sender, IIdSource ids)
{
    /// <summary>
    /// Sends records to Transform once more, from raw, line by line; their neighbours aren't touched. Those that pass now are
    /// curated, those that don't stay, with the reason of today.
    /// </summary>
    /// <returns>The replay's id, and how many records of how many raw blobs it takes.</returns>
    public async ValueTask<QuarantineReplay> ReplayAsync(QuarantineFilter filter, CancellationToken cancellationToken = default)
    {
        string id = $"quarantine-{ids.Next()}";
        (int records, int rawBlobs) = (0, 0);
        await foreach (IReadOnlyList<QuarantinedRecord> blob in ByBlobAsync(filter, cancellationToken))
        {
            var message = new TransformMessage(blob[0].Pipeline, blob[0].Stream, blob[0].Blob, id) { Lines = [.. blob.Select(record => record.Line)] };
            await sender.SendAsync(message, cancellationToken: cancellationToken);
            records += blob.Count;
            rawBlobs++;
        }

        return new QuarantineReplay(id, records, rawBlobs);
    }

    /// <summary>Throws records away: they count as filtered from now on. Raw keeps them, so that a replay of the whole blob checks them again.</summary>
    /// <returns>How many.</returns>
    public async ValueTask<int> DiscardAsync(QuarantineFilter filter, CancellationToken cancellationToken = default)
    {
        int discarded = 0;
        await foreach (IReadOnlyList<QuarantinedRecord> blob in ByBlobAsync(filter, cancellationToken))
        {
            var lines = blob.Select(record => record.Line).ToHashSet();
            discarded += await edit.RemoveAsync(blob[0].Pipeline, blob[0].Stream, blob[0].Blob, record => lines.Contains(record.Line), cancellationToken);
        }

        return discarded;
    }

    private async IAsyncEnumerable<IReadOnlyList<QuarantinedRecord>> ByBlobAsync(
        QuarantineFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var blob = new List<QuarantinedRecord>();
        await foreach (QuarantinedRecord record in shelf.ListAsync(filter, cancellationToken: cancellationToken))
        {
            if (blob.Count > 0 && blob[0].Blob != record.Blob)
            {
                yield return blob;
                blob = [];
            }

            blob.Add(record);
        }

        if (blob.Count > 0)
            yield return blob;
    }
}

/// <summary>Records of the quarantine that are transformed again.</summary>
/// <param name="Id">The replay's id.</param>
/// <param name="Records">How many records.</param>
/// <param name="Blobs">Of how many raw blobs.</param>
public sealed record QuarantineReplay(string Id, int Records, int Blobs);
