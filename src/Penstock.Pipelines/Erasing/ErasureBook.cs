using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Erasing;

/// <summary>Keeps erasures and what they found.</summary>
/// <param name="documents">Where they are kept.</param>
/// <param name="blobs">Their listing.</param>
/// <param name="time">The clock.</param>
public sealed class ErasureBook(DocumentStore documents, IBlobStore blobs, TimeProvider time)
{
    /// <summary>Finds an erasure, or gives null.</summary>
    public async ValueTask<Erasure?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        id.Length is > 0 and <= 100 ? (await documents.FindAsync<Erasure>(Erasure.NameFor(id), cancellationToken))?.Value : null;

    /// <summary>Enters an erasure unless it is there; gives the one that is.</summary>
    public async ValueTask<Erasure> EnterAsync(Erasure erasure, CancellationToken cancellationToken = default) =>
        (await documents.ChangeAsync<Erasure>(Erasure.NameFor(erasure.Id), known => known ?? erasure, cancellationToken))!.Value;

    /// <summary>Changes an erasure that isn't completed.</summary>
    public async ValueTask<Erasure> ChangeAsync(Erasure erasure, Func<Erasure, Erasure> change, CancellationToken cancellationToken = default) =>
        (await documents.ChangeAsync<Erasure>(
            Erasure.NameFor(erasure.Id),
            known => known is null or { Status: ErasureStatus.Completed } ? known : change(known) with { ChangedAt = time.GetUtcNow() },
            cancellationToken))!.Value;

    /// <summary>Lists erasures.</summary>
    public async IAsyncEnumerable<Erasure> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (BlobEntry entry in blobs.ListAsync(Erasure.Folder, cancellationToken))
        {
            if (await documents.FindAsync<Erasure>(entry.Name, cancellationToken) is { } erasure)
                yield return erasure.Value;
        }
    }

    /// <summary>Notes what is about to be done; gives the note. The first one of a place in a sweep stays: after a crash there is less to be found.</summary>
    public async ValueTask<ErasureFinding> NoteAsync(Erasure erasure, ErasureFinding finding, CancellationToken cancellationToken = default)
    {
        return (await documents.ChangeAsync<ErasureFinding>(NameOf(erasure, finding.Store, finding.Item, finding.Action), known => known ?? finding with { At = time.GetUtcNow() }, cancellationToken))!.Value;
    }

    /// <summary>Finds a note of this sweep, or gives null.</summary>
    public async ValueTask<ErasureFinding?> FindAsync(Erasure erasure, string store, string item, string action, CancellationToken cancellationToken = default) =>
        (await documents.FindAsync<ErasureFinding>(NameOf(erasure, store, item, action), cancellationToken))?.Value;

    /// <summary>Lists what was found.</summary>
    /// <param name="erasure">By which erasure.</param>
    /// <param name="sweep">In which of its sweeps; null for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<ErasureFinding> FindingsAsync(string erasure, int? sweep = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string folder = sweep is { } number ? ErasureFinding.FolderOf(erasure, number) : ErasureFinding.FolderOf(erasure);
        await foreach (BlobEntry entry in blobs.ListAsync(folder, cancellationToken))
        {
            if (await documents.FindAsync<ErasureFinding>(entry.Name, cancellationToken) is { } finding)
                yield return finding.Value;
        }
    }

    private static string NameOf(Erasure erasure, string store, string item, string action)
    {
        string place = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{store}\n{item}\n{action}")))[..24];
        return $"{ErasureFinding.FolderOf(erasure.Id, erasure.Sweep)}{place}.json";
    }

    /// <summary>Adds up what was found.</summary>
    public async ValueTask<IReadOnlyList<ErasureCount>> CountAsync(string erasure, CancellationToken cancellationToken = default)
    {
        var counts = new SortedDictionary<(string Store, string Action), ErasureCount>();
        await foreach (ErasureFinding finding in FindingsAsync(erasure, cancellationToken: cancellationToken))
        {
            ErasureCount count = counts.GetValueOrDefault((finding.Store, finding.Action), new ErasureCount(finding.Store, finding.Action, 0, 0));
            counts[(finding.Store, finding.Action)] = count with { Records = count.Records + finding.Records, Items = count.Items + 1 };
        }

        return [.. counts.Values];
    }
}
