using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Quality.Sets;

/// <summary>Keeps what the blobs of a run add to its set, until the run is judged, and what the last run's set was like.</summary>
/// <param name="documents">Where it is kept.</param>
/// <param name="blobs">Its listing.</param>
/// <param name="ids">The chance that keys are made of.</param>
public sealed class SetBook(DocumentStore documents, IBlobStore blobs, IIdSource ids)
{
    private const string Folder = BlobAreas.Ledger + "/sets/";
    private const string Extension = ".json";

    /// <summary>Whether a blob's records are part of a set that is judged: it was landed by a run, and isn't replayed.</summary>
    public static bool Takes(BlobContext blob) =>
        blob.Replay is null && blob.Stream.Contract is { } contract && IsAboutSets(contract) && SliceBlobName.Parse(blob.Name) is not null;

    /// <summary>Whether a contract has rules about sets.</summary>
    public static bool IsAboutSets(Contract contract) => contract.Rules.Any(rule => !rule.IsOfRecords);

    /// <summary>What the last run's set was like; null if none was judged yet.</summary>
    public async ValueTask<RunSet?> FindLastAsync(string pipeline, string stream, CancellationToken cancellationToken = default) =>
        (await documents.FindAsync<RunSet>(RunSet.NameFor(pipeline, stream), cancellationToken))?.Value;

    /// <summary>Takes down what a blob adds; doing it again overwrites it.</summary>
    internal async ValueTask PutAsync(BlobContext blob, RecordPass pass, TransformEntry entry, CancellationToken cancellationToken = default)
    {
        string folder = FolderOf(blob.Pipeline.Name, blob.Stream.Name, SliceBlobName.Parse(blob.Name)!.Value.Run);
        BlobSet set = BlobSet.Of(pass, entry, pass.Duplicates.Count == 0 ? default : (await KeyAsync(folder, cancellationToken)).Span);
        string name = $"{folder}{blob.Name[(blob.Name.LastIndexOf('/') + 1)..]}{Extension}";
        await documents.ChangeAsync<BlobSet>(name, _ => set, cancellationToken);
    }

    /// <summary>What the blobs of a run add, one after the other.</summary>
    public async IAsyncEnumerable<BlobSet> ListAsync(string pipeline, string stream, string run, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (BlobEntry entry in blobs.ListAsync(FolderOf(pipeline, stream, run), cancellationToken))
        {
            if (entry.Name.EndsWith(Extension, StringComparison.Ordinal) && await documents.FindAsync<BlobSet>(entry.Name, cancellationToken) is { Value: var set })
                yield return set;
        }
    }

    /// <summary>Takes away what is there of a run, and of a stream what is older than a time: nobody will judge it.</summary>
    public ValueTask DeleteAsync(string pipeline, string stream, string run, DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        string folder = FolderOf(pipeline, stream, run);
        return DeleteAsync(pipeline, stream, entry => entry.LastModified < before || entry.Name.StartsWith(folder, StringComparison.Ordinal), cancellationToken);
    }

    /// <summary>Takes away of a stream what is older than a time.</summary>
    public ValueTask DeleteAsync(string pipeline, string stream, DateTimeOffset before, CancellationToken cancellationToken = default) =>
        DeleteAsync(pipeline, stream, entry => entry.LastModified < before, cancellationToken);

    private async ValueTask DeleteAsync(string pipeline, string stream, Func<BlobEntry, bool> isMeant, CancellationToken cancellationToken)
    {
        var old = new List<string>();
        await foreach (BlobEntry entry in blobs.ListAsync(FolderOf(pipeline, stream), cancellationToken))
        {
            if (isMeant(entry))
                old.Add(entry.Name);
        }

        foreach (string name in old)
            await blobs.DeleteAsync(name, cancellationToken: cancellationToken);
    }

    private async ValueTask<ReadOnlyMemory<byte>> KeyAsync(string folder, CancellationToken cancellationToken)
    {
        string name = $"{folder}key";
        while (true)
        {
            if (await blobs.GetAsync(name, cancellationToken) is { Content: var known })
                return known;
            // Of several workers the first one's counts for all.
            await blobs.PutIfAbsentAsync(name, SHA256.HashData(Encoding.ASCII.GetBytes(ids.Next() + ids.Next())).AsMemory(0, SetHashes.KeyBytes), cancellationToken);
        }
    }

    private static string FolderOf(string pipeline, string stream) => $"{Folder}{BlobNames.Segment(pipeline)}/{BlobNames.Segment(stream)}/";

    private static string FolderOf(string pipeline, string stream, string run) => $"{FolderOf(pipeline, stream)}{BlobNames.Segment(run)}/";
}
