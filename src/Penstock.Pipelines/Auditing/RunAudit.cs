using System.Runtime.CompilerServices;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Auditing;

/// <summary>Walks a stream's runs with their slices, one document at a time.</summary>
/// <param name="blobs">Lists documents.</param>
/// <param name="documents">Reads them.</param>
/// <param name="slices">Checks slices.</param>
internal sealed class RunAudit(IBlobStore blobs, DocumentStore documents, SliceAudit slices)
{
    public async IAsyncEnumerable<AuditFinding> CheckAsync(AuditedStream of, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Run? run = null;
        await foreach (BlobEntry entry in blobs.ListAsync(RunNames.Runs(of.Pipeline.Name, of.Stream.Name), cancellationToken))
        {
            // In order of names a run comes before its slices.
            string file = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
            if (file == "run.json" && (run = (await documents.FindAsync<Run>(entry.Name, cancellationToken))?.Value) is not null)
            {
                of.Counts.Runs++;
                if (await IncompleteAsync(run, entry.Name, cancellationToken) is { } incomplete)
                    yield return incomplete;
            }
            else if (file.StartsWith("slice-", StringComparison.Ordinal) && run is not null && entry.Name.StartsWith(RunNames.Folder(run.Pipeline, run.Stream, run.Id), StringComparison.Ordinal)
                && (await documents.FindAsync<SliceDocument>(entry.Name, cancellationToken))?.Value is { } slice)
            {
                await foreach (AuditFinding finding in slices.CheckAsync(of, run, entry.Name, slice, cancellationToken))
                    yield return finding;
            }
        }

        if (await StuckAsync(of, cancellationToken) is { } stuck)
            yield return stuck;
    }

    private async ValueTask<AuditFinding?> IncompleteAsync(Run run, string name, CancellationToken cancellationToken)
    {
        if (run.Status != RunStatus.Completed)
            return null;
        long landed = 0;
        for (int batch = 0; batch < run.Batches; batch++)
        {
            var progress = (await documents.FindAsync<BatchProgress>(RunNames.Progress(run, batch), cancellationToken))?.Value;
            landed += progress?.Ended.Values.Count(end => end.Status == SliceStatus.Landed) ?? 0;
        }

        return landed == run.Slices ? null : new AuditFinding(
            AuditRules.Run, true, name, $"The run is completed, but only {landed:N0} of its {run.Slices:N0} slices are landed.", "Backfill the run's window.");
    }

    private async ValueTask<AuditFinding?> StuckAsync(AuditedStream of, CancellationToken cancellationToken)
    {
        string name = RunNames.Stream(of.Pipeline.Name, of.Stream.Name);
        if ((await documents.FindAsync<StreamDocument>(name, cancellationToken))?.Value is not { ActiveRun: { } id, ActiveSince: { } since } || !of.IsOld(since))
            return null;
        var run = (await documents.FindAsync<Run>(RunNames.Run(of.Pipeline.Name, of.Stream.Name, id), cancellationToken))?.Value;
        return run is { HasEnded: false } ? null : new AuditFinding(
            AuditRules.Run, true, name, $"The stream waits for the run {id}, which {(run is null ? "isn't there" : "has ended")}: no incremental run begins any more.",
            "See that the planning timer runs: it ends such a run by itself. If it does run, this is a bug of Penstock.");
    }
}
