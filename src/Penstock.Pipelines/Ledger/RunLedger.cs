using System.Runtime.CompilerServices;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Ledger;

/// <summary>Reads what happened: runs, their slices, and what became of their blobs.</summary>
/// <param name="documents">The documents.</param>
/// <param name="blobs">Their listing.</param>
public sealed class RunLedger(DocumentStore documents, IBlobStore blobs)
{
    /// <summary>Lists the runs of a pipeline, or of one of its streams, in order of stream and id.</summary>
    public async IAsyncEnumerable<Run> ListAsync(
        string pipeline, string? stream = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string prefix = stream is null ? RunNames.Runs(pipeline) : RunNames.Runs(pipeline, stream);
        await foreach (BlobEntry entry in blobs.ListAsync(prefix, cancellationToken))
        {
            if (entry.Name.EndsWith("/run.json", StringComparison.Ordinal) && await documents.FindAsync<Run>(entry.Name, cancellationToken) is { } run)
                yield return run.Value;
        }
    }

    /// <summary>Adds up a run's slices and blobs.</summary>
    public async ValueTask<RunCounts> CountAsync(Run run, CancellationToken cancellationToken = default)
    {
        var counts = new RunCounts { Usage = run.Usage ?? Costs.Usage.None };
        string prefix = $"{RunNames.Folder(run.Pipeline, run.Stream, run.Id)}slice-";
        await foreach (BlobEntry entry in blobs.ListAsync(prefix, cancellationToken))
        {
            if (await documents.FindAsync<SliceDocument>(entry.Name, cancellationToken) is not { Value: var slice })
                continue;
            counts = counts.With(slice);
            foreach (LandedBlob blob in slice.Blobs)
            {
                if (await documents.FindAsync<TransformEntry>(TransformEntry.NameFor(blob.Name), cancellationToken) is { } transformed)
                    counts = counts.With(transformed.Value);
            }
        }

        return counts;
    }

    /// <summary>What is known of a stream between its runs, or null.</summary>
    public async ValueTask<StreamDocument?> FindStreamAsync(string pipeline, string stream, CancellationToken cancellationToken = default) =>
        (await documents.FindAsync<StreamDocument>(RunNames.Stream(pipeline, stream), cancellationToken))?.Value;

    /// <summary>Lists dead letters.</summary>
    public async IAsyncEnumerable<DeadLetter> ListDeadLettersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (BlobEntry entry in blobs.ListAsync(DeadLetter.Folder, cancellationToken))
        {
            if (await documents.FindAsync<DeadLetter>(entry.Name, cancellationToken) is { } letter)
                yield return letter.Value;
        }
    }

    /// <summary>Lists the alerts that aren't over.</summary>
    public async IAsyncEnumerable<Alert> ListAlertsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (BlobEntry entry in blobs.ListAsync(Alert.Folder, cancellationToken))
        {
            if (await documents.FindAsync<Alert>(entry.Name, cancellationToken) is { } alert)
                yield return alert.Value;
        }
    }
}
