using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Cli.Status;

/// <summary>The status of a data folder. It only looks: another process may work on the folder.</summary>
/// <param name="data">The data folder.</param>
/// <param name="time">The clock.</param>
internal sealed class FolderStatus(string data, TimeProvider time)
{
    private const string Streams = BlobAreas.State + "/streams/";

    private readonly FolderBlobStore _blobs = new(data, time);

    /// <summary>Looks.</summary>
    /// <param name="catalog">The pipelines; streams that aren't in it but in the folder are told too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<StatusReport> ReadAsync(IPipelineCatalog catalog, CancellationToken cancellationToken)
    {
        var documents = new DocumentStore(_blobs);
        var ledger = new RunLedger(documents, _blobs);
        var rows = new SortedDictionary<(string Pipeline, string Stream), StreamStatus>();
        foreach (PipelineEntry entry in await catalog.ListAsync(cancellationToken))
        {
            if (entry is UsablePipeline { Pipeline: var pipeline })
            {
                foreach (PipelineStream stream in pipeline.Streams)
                    rows[(pipeline.Name, stream.Name)] = await RowAsync(ledger, documents, pipeline.Name, stream.Name, pipeline.Paused ? "paused" : "active", cancellationToken);
            }
            else
            {
                rows[(entry.Name, "")] = new StreamStatus { Pipeline = entry.Name, Stream = "-", State = "broken" };
            }
        }

        await foreach (BlobEntry blob in _blobs.ListAsync(Streams, cancellationToken))
        {
            if (blob.Name[Streams.Length..].Split('/') is [var pipeline, var stream, "stream.json"] && !rows.ContainsKey((pipeline, stream)))
                rows[(pipeline, stream)] = await RowAsync(ledger, documents, pipeline, stream, state: null, cancellationToken);
        }

        var alerts = new List<string>();
        await foreach (Alert alert in ledger.ListAlertsAsync(cancellationToken))
            alerts.Add($"{alert.Kind} {alert.Subject}: {alert.Message}");
        int deadLetters = 0;
        await foreach (DeadLetter _ in ledger.ListDeadLettersAsync(cancellationToken))
            deadLetters++;
        return new StatusReport([.. rows.Values], alerts, deadLetters)
        {
            Budgets = await new BudgetLedger(documents, _blobs, time).ListAsync(cancellationToken).ToListAsync(cancellationToken),
        };
    }

    private static async Task<StreamStatus> RowAsync(
        RunLedger ledger, DocumentStore documents, string pipeline, string stream, string? state, CancellationToken cancellationToken)
    {
        StreamDocument? known = await ledger.FindStreamAsync(pipeline, stream, cancellationToken);
        RunCounts? counts = null;
        if ((known?.ActiveRun ?? known?.LastRun) is { } id && await documents.FindAsync<Run>(RunNames.Run(pipeline, stream, id), cancellationToken) is { } run)
            counts = await ledger.CountAsync(run.Value, cancellationToken);
        return new StreamStatus
        {
            Pipeline = pipeline,
            Stream = stream,
            State = state,
            ActiveRun = known?.ActiveRun,
            LastRun = known?.LastRun,
            LastStatus = known?.LastStatus?.ToString().ToLowerInvariant(),
            FreshUntil = known?.FreshUntil,
            Landed = counts?.Landed,
            Curated = counts?.Curated,
            Quarantined = counts?.Quarantined,
        };
    }
}
