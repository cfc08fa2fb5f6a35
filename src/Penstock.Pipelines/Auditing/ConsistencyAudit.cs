using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Auditing;

/// <summary>
/// Verifies the promises over the real stores: blobs against slices, counts, cursors against landed data, orphans, what is
/// stuck. It reads listings and documents one after the other, so that its memory doesn't depend on how much there is.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="opener">Opens streams.</param>
/// <param name="blobs">Every blob.</param>
/// <param name="curated">Curated records.</param>
/// <param name="secrets">Keys of masks.</param>
/// <param name="documents">Documents.</param>
/// <param name="ledger">Runs.</param>
/// <param name="slices">Sends outboxes again.</param>
/// <param name="sender">Sends lost messages again.</param>
/// <param name="ids">Ids.</param>
/// <param name="time">The clock.</param>
public sealed class ConsistencyAudit(
    IPipelineCatalog catalog, IStreamOpener opener, IBlobStore blobs, ICuratedStore curated, ISecretStore secrets, DocumentStore documents, RunLedger ledger,
    SliceBook slices, WorkSender sender, IIdSource ids, TimeProvider time)
{
    /// <summary>Audits.</summary>
    /// <param name="options">What, and how.</param>
    /// <param name="progress">Told of each stream that is begun, and from time to time how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends the audit.</param>
    public async Task<AuditReport> RunAsync(AuditOptions options, Action<string, AuditCounts>? progress = null, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        var writing = new AuditWriting(now);
        // Looked at in every reading of a store, so that it ends in time wherever it is.
        using var deadline = new CancellationTokenSource(UntilDeadline(options, now), time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await AuditAsync(options, now, writing, progress, ends.Token);
            return writing.Report(isComplete: true);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return writing.Report(isComplete: false);
        }
    }

    private static TimeSpan UntilDeadline(AuditOptions options, DateTimeOffset now) =>
        options.Deadline == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan
        : options.Deadline > now ? options.Deadline - now
        : TimeSpan.Zero;

    private async Task AuditAsync(AuditOptions options, DateTimeOffset now, AuditWriting writing, Action<string, AuditCounts>? progress, CancellationToken cancellationToken)
    {
        foreach (PipelineEntry entry in await catalog.ListAsync(cancellationToken))
        {
            if (options.Pipelines.Count > 0 && !options.Pipelines.Contains(entry.Name))
                continue;
            if (entry is not UsablePipeline { Pipeline: var pipeline })
            {
                writing.Add(new AuditFinding(AuditRules.Unchecked, false, entry.Name, "The pipeline is broken; its streams can't be audited.", $"Run 'penstock validate {entry.Name}'."));
                continue;
            }

            foreach (PipelineStream stream in pipeline.Streams)
            {
                var of = new AuditedStream(pipeline, stream, options, now, writing.Counts);
                writing.Counts.Streams++;
                progress?.Invoke(of.Name, writing.Counts);
                cancellationToken.ThrowIfCancellationRequested();
                await foreach (AuditFinding finding in CheckAsync(of, progress, cancellationToken))
                    writing.Add(finding);
            }
        }
    }

    private async IAsyncEnumerable<AuditFinding> CheckAsync(
        AuditedStream of, Action<string, AuditCounts>? progress, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var checks = new List<IAsyncEnumerable<AuditFinding>>();
        if (of.Stream.Reception is null)
        {
            checks.Add(new RunAudit(blobs, documents, new SliceAudit(blobs, documents, slices, sender)).CheckAsync(of, cancellationToken));
            checks.Add(new CursorAudit(blobs, documents, ledger, opener).CheckAsync(of, cancellationToken));
        }

        checks.Add(new RawAudit(blobs, documents, sender).CheckAsync(of, cancellationToken));
        if (of.Options.Deep)
            checks.Add(new Rebuild(catalog, opener, blobs, curated, secrets, ids, time).CheckAsync(of, cancellationToken));
        foreach (IAsyncEnumerable<AuditFinding> check in checks)
        {
            await foreach (AuditFinding finding in check.WithCancellation(cancellationToken))
                yield return finding;
            progress?.Invoke(of.Name, of.Counts);
        }
    }

    private sealed class AuditWriting(DateTimeOffset at)
    {
        private readonly List<AuditFinding> _findings = [];
        private int _broken;
        private int _notes;
        private int _repaired;

        public AuditCounts Counts { get; } = new();

        public void Add(AuditFinding finding)
        {
            (_broken, _notes) = finding.IsBroken ? (_broken + 1, _notes) : (_broken, _notes + 1);
            _repaired += finding.Repair is null ? 0 : 1;
            if (_findings.Count < AuditReport.MostFindings)
                _findings.Add(finding);
        }

        public AuditReport Report(bool isComplete) => new()
        {
            At = at, IsComplete = isComplete, Checked = Counts, Broken = _broken, Notes = _notes, Repaired = _repaired, Findings = _findings,
        };
    }
}
