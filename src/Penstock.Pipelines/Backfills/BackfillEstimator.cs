using Penstock.Connectors.Streams;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;

namespace Penstock.Pipelines.Backfills;

/// <summary>
/// Tells what a backfill would take before it is begun: the slices by planning them without writing anything, calls and time
/// from what earlier runs of the stream took.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="opener">Opens streams.</param>
/// <param name="history">Earlier runs.</param>
/// <param name="pricing">What they used.</param>
/// <param name="time">The clock.</param>
public sealed class BackfillEstimator(IPipelineCatalog catalog, IStreamOpener opener, RunHistory history, BackfillPricing pricing, TimeProvider time)
{
    private const int MostSlices = 100_000;
    private const int RunsToJudgeBy = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Estimates.</summary>
    public async Task<BackfillEstimate> EstimateAsync(StartBackfill start, IReadOnlyList<string> streams, CancellationToken cancellationToken = default)
    {
        var estimates = new List<StreamEstimate>(streams.Count);
        TimeSpan? longest = TimeSpan.Zero;
        bool isByBackfills = true;
        Usage? usage = Usage.None;
        foreach (string stream in streams)
        {
            (int slices, bool isExact, string? note) = await CountAsync(start, stream, cancellationToken);
            List<RunSummary> runs = await RunsAsync(start, stream, cancellationToken);
            Experience? experience = runs.Count > 0 ? Experience.Of(runs) : null;
            isByBackfills &= experience?.IsOfBackfills == true;
            (long Calls, long Records)? needs = experience?.For(slices, start.To - start.From);
            estimates.Add(new StreamEstimate(stream, slices, isExact, needs?.Calls, needs?.Records, note ?? (experience is null ? "No run of this stream has ended yet: nothing is known to judge by." : null)));
            TimeSpan? takes = needs?.Calls * experience?.TimePerCall;
            Usage? uses = needs is { Calls: var calls } ? (await pricing.UseAsync(runs, cancellationToken))?.For(calls) : null;
            usage = usage is null || uses is null ? null : usage + uses;
            longest = takes is null || longest is null ? null : takes > longest ? takes : longest;
        }

        string basis = longest is null ? "nothing: no run of some stream has ended yet"
            : isByBackfills ? "earlier backfills of these streams, at their pace"
            : "earlier runs of these streams, at their pace";
        var estimate = new BackfillEstimate(estimates, longest, basis);
        return usage is not null && estimate.Calls is { } all && await catalog.FindAsync(start.Pipeline, cancellationToken) is UsablePipeline { Pipeline: var pipeline }
            ? estimate with { Cost = await pricing.PriceAsync(pipeline, usage, all, cancellationToken) }
            : estimate;
    }

    private async ValueTask<(int Slices, bool IsExact, string? Note)> CountAsync(StartBackfill start, string stream, CancellationToken cancellationToken)
    {
        if (await catalog.FindAsync(start.Pipeline, cancellationToken) is not UsablePipeline { Pipeline: var pipeline }
            || await opener.OpenAsync(pipeline, stream, cancellationToken) is not StreamOpened { Stream: var opened })
            return (0, false, $"The stream can't be opened now. Run 'penstock validate {start.Pipeline}' to see why.");
        DateTimeOffset begun = time.GetUtcNow();
        int slices = 0;
        var request = new PlanRequest(NoCursors.Instance, new BackfillWindow(start.From, start.To), null, begun);
        await foreach (PlanStep step in opened.PlanAsync(request, cancellationToken))
        {
            switch (step)
            {
                case SlicesPlanned planned:
                    slices += planned.Slices.Count;
                    if (planned.NextPosition is not null && (slices >= MostSlices || time.GetUtcNow() - begun >= Patience))
                        return (slices, false, $"There are more than {slices} slices; counting them all would take long.");
                    break;
                case PlanWaits wait:
                    return (slices, false, $"The source asked to wait until {wait.Until:O} while its slices were counted: {wait.Reason}");
                case PlanFailed failed:
                    return (slices, false, $"The source failed while its slices were counted: {failed.Error.Message}");
            }
        }

        return (slices, true, null);
    }

    // Backfills are judged by backfills, if there were any.
    private async ValueTask<List<RunSummary>> RunsAsync(StartBackfill start, string stream, CancellationToken cancellationToken)
    {
        var runs = new List<RunSummary>();
        await foreach (RunSummary run in history.ReadAsync(start.Pipeline, stream, cancellationToken))
        {
            if (run is { Totals: { SlicesEnded: > 0, Calls: > 0 }, EndedAt: not null })
                runs.Add(run);
            if (runs.Count == RunsToJudgeBy)
                break;
        }

        List<RunSummary> backfills = runs.FindAll(run => run.Kind == RunKind.Backfill);
        return backfills.Count > 0 ? backfills : runs;
    }

    private sealed record Experience(bool IsOfBackfills, double CallsPerSlice, double RecordsPerSlice, double? CallsPerSecond, double? RecordsPerSecond, TimeSpan TimePerCall)
    {
        // A backfill's window says how much of the source's past its calls were for; an increment's doesn't.
        public static Experience Of(IReadOnlyList<RunSummary> runs)
        {
            (long calls, long slices, long records) = (runs.Sum(run => (long)run.Totals!.Calls), runs.Sum(run => (long)run.Totals!.SlicesEnded), runs.Sum(run => run.Totals!.Landed));
            double window = runs.Sum(run => run.Window is { } of ? (of.To - of.From).TotalSeconds : 0);
            TimeSpan took = TimeSpan.FromTicks(runs.Sum(run => (run.EndedAt!.Value - run.CreatedAt).Ticks));
            return new Experience(
                window > 0, (double)calls / slices, (double)records / slices, window > 0 ? calls / window : null, window > 0 ? records / window : null, took / calls);
        }

        public (long Calls, long Records) For(int slices, TimeSpan window) => (
            Math.Max(slices, (long)Math.Ceiling(CallsPerSecond is { } calls ? calls * window.TotalSeconds : CallsPerSlice * slices)),
            (long)Math.Ceiling(RecordsPerSecond is { } records ? records * window.TotalSeconds : RecordsPerSlice * slices));
    }
}
