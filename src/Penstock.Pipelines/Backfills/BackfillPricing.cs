using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Backfills;

/// <summary>Tells what a backfill would cost by what earlier runs of its streams used for each call, extracting and transforming.</summary>
/// <param name="documents">Earlier runs.</param>
/// <param name="ledger">What they used.</param>
/// <param name="prices">What things cost.</param>
public sealed class BackfillPricing(DocumentStore documents, RunLedger ledger, IPriceList prices)
{
    // Counting a run reads an entry for each of its blobs: a dry run has to answer soon.
    private const int MostBlobs = 500;
    private const int RunsToJudgeBy = 3;

    /// <summary>What earlier runs used for their calls; null if none of them was counted.</summary>
    /// <param name="runs">Runs that have ended, the newest first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async ValueTask<UseOfCalls?> UseAsync(IEnumerable<RunSummary> runs, CancellationToken cancellationToken)
    {
        (Usage usage, long calls) = (Usage.None, 0);
        foreach (RunSummary summary in runs.Where(run => run.Totals!.Blobs <= MostBlobs).Take(RunsToJudgeBy))
        {
            if (await documents.FindAsync<Run>(RunNames.Run(summary.Pipeline, summary.Stream, summary.Id), cancellationToken) is not { Value: var run })
                continue;
            RunCounts counts = await ledger.CountAsync(run, cancellationToken);
            (usage, calls) = (usage + counts.Usage, calls + counts.Calls);
        }

        return calls == 0 || usage == Usage.None ? null : new UseOfCalls(usage, calls);
    }

    /// <summary>Prices a use; null if the price list is broken.</summary>
    internal async ValueTask<EstimatedCost?> PriceAsync(Pipeline pipeline, Usage usage, long calls, CancellationToken cancellationToken)
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

        var leftOut = new List<string>();
        if (usage.RequestUnits == 0)
            leftOut.Add("the database: earlier runs were charged no request units");
        if (pipeline.CallPrice == 0)
            leftOut.Add("what the source charges for calls: the pipeline's file has no cost.call");
        return new EstimatedCost(list.Currency, list.Of(usage, calls, pipeline.CallPrice), leftOut);
    }
}

/// <summary>What some calls used.</summary>
/// <param name="Usage">What they used.</param>
/// <param name="Calls">How many they were.</param>
internal sealed record UseOfCalls(Usage Usage, long Calls)
{
    /// <summary>What so many calls would use.</summary>
    public Usage For(long calls) => Usage * ((double)calls / Calls);
}
