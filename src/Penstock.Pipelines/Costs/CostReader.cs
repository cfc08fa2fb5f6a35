using System.Globalization;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Costs;

/// <summary>Adds up what was counted, and prices it. What nothing is done for (timers, polling, Watch, a database's standing charge) isn't in it.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="runs">The runs that have ended.</param>
/// <param name="documents">The ledger of transforms.</param>
/// <param name="blobs">Its listing.</param>
/// <param name="prices">What things cost.</param>
public sealed class CostReader(IPipelineCatalog catalog, RunIndex runs, DocumentStore documents, IBlobStore blobs, IPriceList prices)
{
    /// <summary>The most days of a report.</summary>
    public const int MaxDays = 31;

    private const decimal BytesPerGigabyte = 1024m * 1024m * 1024m;

    /// <summary>What a run costs.</summary>
    /// <param name="run">The run.</param>
    /// <param name="counts">Its counts.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null if the price list is broken: a run is shown all the same.</returns>
    public async ValueTask<RunCost?> OfAsync(Run run, RunCounts counts, CancellationToken cancellationToken = default)
    {
        Prices list;
        try
        {
            list = await prices.ReadAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return new RunCost(list.Currency, list.Of(counts.Usage, counts.Calls, await CallPriceAsync(run.Pipeline, cancellationToken)));
    }

    /// <summary>What streams cost within some days, UTC.</summary>
    /// <param name="pipeline">The pipeline; null for all.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The first day after it, at most <see cref="MaxDays"/> later.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<CostReport> ReadAsync(string? pipeline, DateOnly from, DateOnly to, CancellationToken cancellationToken = default)
    {
        Prices list = await prices.ReadAsync(cancellationToken);
        var items = new List<StreamCost>();
        foreach (PipelineEntry entry in await catalog.ListAsync(cancellationToken))
        {
            if (entry is not UsablePipeline { Pipeline: var one } || (pipeline is not null && one.Name != pipeline))
                continue;
            foreach (PipelineStream stream in one.Streams)
                items.Add(await StreamAsync(one, stream, from, to, list, cancellationToken));
        }

        CostParts total = items.Aggregate(new CostParts(0, 0, 0, 0, 0), (sum, item) => new CostParts(
            sum.Compute + item.Cost.Compute, sum.Storage + item.Cost.Storage, sum.Queues + item.Cost.Queues, sum.Database + item.Cost.Database, sum.Calls + item.Cost.Calls));
        return new CostReport(from, to, list, [.. items.OrderByDescending(item => item.Cost.Total)], total);
    }

    private async ValueTask<StreamCost> StreamAsync(Pipeline pipeline, PipelineStream stream, DateOnly from, DateOnly to, Prices list, CancellationToken cancellationToken)
    {
        (int count, long calls, long bytes, Usage usage) = (0, 0, 0, Usage.None);
        await foreach (RunSummary run in runs.EndedAsync(new RunFilter(pipeline.Name, stream.Name), cancellationToken: cancellationToken))
        {
            // The newest end comes first.
            var day = DateOnly.FromDateTime((run.EndedAt ?? run.CreatedAt).UtcDateTime);
            if (day < from)
                break;
            if (day >= to || run.Totals is not { } totals)
                continue;
            (count, calls, bytes, usage) = (count + 1, calls + totals.Calls, bytes + totals.Bytes, usage + (totals.Usage ?? Usage.None));
        }

        long records = 0;
        for (DateOnly day = from; day < to; day = day.AddDays(1))
        {
            await foreach (TransformEntry entry in TransformsAsync(pipeline.Name, stream.Name, day, cancellationToken))
                (records, usage) = (records + entry.Read, usage + (entry.Usage ?? Usage.None));
        }

        return new StreamCost(
            pipeline.Name, stream.Name, count, calls, records, bytes, usage, list.Of(usage, calls, pipeline.CallPrice), Math.Round(bytes / BytesPerGigabyte * list.GigabyteMonth, 8));
    }

    private async IAsyncEnumerable<TransformEntry> TransformsAsync(
        string pipeline, string stream, DateOnly day, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string folder = RawNames.Folder(pipeline, stream)[(BlobAreas.Raw.Length + 1)..];
        string prefix = $"{BlobAreas.Ledger}/transforms/{folder}{day.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture)}/";
        await foreach (BlobEntry blob in blobs.ListAsync(prefix, cancellationToken))
        {
            if (await documents.FindAsync<TransformEntry>(blob.Name, cancellationToken) is { Value: var entry })
                yield return entry;
        }
    }

    private async ValueTask<decimal> CallPriceAsync(string pipeline, CancellationToken cancellationToken) =>
        await catalog.FindAsync(pipeline, cancellationToken) is UsablePipeline { Pipeline: var found } ? found.CallPrice : 0;
}

/// <summary>What a run costs.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Parts">By what it is for.</param>
public sealed record RunCost(string Currency, CostParts Parts);
