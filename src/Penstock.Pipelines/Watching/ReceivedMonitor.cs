using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Watching;

/// <summary>
/// Sends the transform of a received blob that has none. A pushed batch has no slice document with an outbox: between its
/// landing and its message a worker may die, and a webhook's sender needn't try again.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="blobs">Raw blobs.</param>
/// <param name="documents">The ledger.</param>
/// <param name="sender">Sends work.</param>
/// <param name="time">The clock.</param>
public sealed class ReceivedMonitor(IPipelineCatalog catalog, IBlobStore blobs, DocumentStore documents, WorkSender sender, TimeProvider time) : IMonitor
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (UsablePipeline entry in (await catalog.ListAsync(cancellationToken)).OfType<UsablePipeline>().Append(SystemPipeline.Entry))
        {
            foreach (PipelineStream stream in entry.Pipeline.Streams.Where(stream => stream.Reception is not null))
            {
                int sent = await SweepAsync(entry.Name, stream.Name, now.AddDays(-1), cancellationToken)
                    + await SweepAsync(entry.Name, stream.Name, now, cancellationToken);
                if (sent > 0)
                    yield return $"sent {sent} transform messages of {entry.Name}/{stream.Name} again";
            }
        }
    }

    private async ValueTask<int> SweepAsync(string pipeline, string stream, DateTimeOffset day, CancellationToken cancellationToken)
    {
        int sent = 0;
        await foreach (BlobEntry blob in blobs.ListAsync(RawNames.Folder(pipeline, stream, day), cancellationToken))
        {
            if (time.GetUtcNow() - blob.LastModified < Patience
                || await documents.FindAsync<TransformEntry>(TransformEntry.NameFor(blob.Name), cancellationToken) is not null)
                continue;
            await sender.SendAsync(new TransformMessage(pipeline, stream, blob.Name), cancellationToken: cancellationToken);
            sent++;
        }

        return sent;
    }
}
