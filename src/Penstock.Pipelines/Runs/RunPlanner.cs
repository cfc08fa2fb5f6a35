using Penstock.Connectors.Budgets;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Stages;

namespace Penstock.Pipelines.Runs;

/// <summary>Lists a run's slices, batch by batch, and sends an extract message for each.</summary>
/// <param name="documents">Where runs are kept.</param>
/// <param name="runs">The runs.</param>
/// <param name="finisher">Ends runs without slices.</param>
/// <param name="lanes">Lets slices of backfills into the queue.</param>
/// <param name="sender">Sends work.</param>
/// <param name="options">How often planning may fail, and how much is planned together.</param>
/// <param name="time">The clock.</param>
public sealed class RunPlanner(
    DocumentStore documents, RunBook runs, RunFinisher finisher, SliceLanes lanes, WorkSender sender, ExtractOptions options, TimeProvider time)
{
    /// <summary>Plans until all is planned, the source asks to wait, or the deadline is near; gives how many slices it planned.</summary>
    /// <param name="run">The run as it was read last.</param>
    /// <param name="stream">The run's stream.</param>
    /// <param name="deadline">When to stop; the rest is planned at the next tick.</param>
    /// <param name="cancellationToken">Ends the planning.</param>
    public async ValueTask<int> PlanAsync(Document<Run> run, IStream stream, DateTimeOffset deadline, CancellationToken cancellationToken = default)
    {
        int planned = 0;
        Run current = run.Value;
        WorkPriority.Current = current.Priority;
        await foreach (PlannedBatch step in BatchesAsync(current, stream, cancellationToken))
        {
            if (step.Stop is { } stop)
            {
                await StopAsync(current, stop, cancellationToken);
                return planned;
            }

            PlanBatch batch = step.Batch!;
            for (int i = 0; i < batch.Slices.Count && current.Lanes is null; i++)
                await SendAsync(current, batch.First + i, cancellationToken);
            if (await EnterAsync(current, batch, cancellationToken) is not { } entered)
                return planned;
            current = entered;
            planned += batch.Slices.Count;
            if (current.Lanes is not null)
                await lanes.AdvanceAsync(current.Pipeline, current.Stream, current.Id, cancellationToken);
            if (time.GetUtcNow() >= deadline)
                break;
        }

        if (current.IsExhausted)
            await finisher.FinishAsync(current, cancellationToken);
        else if (current.Status == RunStatus.Planning)
            await sender.SendAsync(new TickMessage("planning goes on"), cancellationToken: cancellationToken);
        return planned;
    }

    // Null if the run has ended, or another Plan is further on.
    private async ValueTask<Run?> EnterAsync(Run run, PlanBatch batch, CancellationToken cancellationToken)
    {
        var changed = await documents.ChangeAsync<Run>(
            RunNames.Run(run.Pipeline, run.Stream, run.Id),
            now => now is null || now.HasEnded || now.Batches != run.Batches ? now : Next(now, batch),
            cancellationToken);
        return changed?.Value is { HasEnded: false } entered && entered.Batches == run.Batches + 1 ? entered : null;
    }

    private async IAsyncEnumerable<PlannedBatch> BatchesAsync(
        Run run, IStream stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Batches that an earlier Plan wrote and didn't enter any more: what they say counts, not what the source says now.
        int number = run.Batches;
        (PlanPosition? position, int first) = (run.Position, run.Slices);
        while (await documents.FindAsync<PlanBatch>(RunNames.Batch(run, number), cancellationToken) is { } found)
        {
            yield return new PlannedBatch(found.Value, null);
            (position, first, number) = (found.Value.Next, first + found.Value.Slices.Count, number + 1);
            if (position is null)
                yield break;
        }

        HashSet<(string, SliceWindow?)> known = await PlannedOfPageAsync(run, number, position.Skip, cancellationToken);
        var request = new PlanRequest(
            run.Window is null ? new StoredCursors(documents, run.Pipeline, run.Stream) : NoCursors.Instance,
            run.Window, position.Connector, run.CreatedAt);
        await foreach (PlanStep step in stream.PlanAsync(request, cancellationToken))
        {
            if (step is not SlicesPlanned planned)
            {
                yield return new PlannedBatch(null, step);
                yield break;
            }

            foreach (PlanBatch batch in Cut(planned, known, ref position, first))
            {
                string name = RunNames.Batch(run, number);
                if (await documents.CreateAsync(name, batch, cancellationToken) is null)
                {
                    // Another Plan was faster, and may have been told otherwise: its batch counts, and the next tick goes on from there.
                    if (await documents.FindAsync<PlanBatch>(name, cancellationToken) is { } faster)
                        yield return new PlannedBatch(faster.Value, null);
                    yield break;
                }

                yield return new PlannedBatch(batch, null);
                (first, number) = (first + batch.Slices.Count, number + 1);
            }

            known.Clear();
        }
    }

    // What an earlier Plan has planned of the page where planning goes on. The source may list other parents there by now, or in another order.
    private async ValueTask<HashSet<(string, SliceWindow?)>> PlannedOfPageAsync(Run run, int number, int count, CancellationToken cancellationToken)
    {
        var planned = new HashSet<(string, SliceWindow?)>();
        while (count > 0 && await documents.FindAsync<PlanBatch>(RunNames.Batch(run, --number), cancellationToken) is { } batch)
        {
            planned.UnionWith(batch.Value.Slices.Select(slice => (slice.Partition, slice.Window)));
            count -= batch.Value.Slices.Count;
        }

        return planned;
    }

    private List<PlanBatch> Cut(SlicesPlanned planned, HashSet<(string, SliceWindow?)> known, ref PlanPosition position, int first)
    {
        var batches = new List<PlanBatch>();
        List<StreamSlice> left = [.. planned.Slices.Where(slice => !known.Contains((slice.Partition, slice.Window)))];
        int taken = 0;
        IReadOnlyList<ParentRead>? parents = planned.Parents.Count > 0 ? planned.Parents : null;
        PlanPosition? next = planned.NextPosition is null ? null : new PlanPosition(planned.NextPosition, 0);
        foreach (StreamSlice[] slices in left.Chunk(options.SlicesPerBatch))
        {
            taken += slices.Length;
            bool isLast = taken == left.Count;
            batches.Add(new PlanBatch(first, slices, isLast ? next : position with { Skip = position.Skip + taken }) { Parents = isLast ? parents : null });
            first += slices.Length;
        }

        // Nothing to read is worth writing down only if planning ends or moves on by it.
        if (batches.Count == 0)
            batches.Add(new PlanBatch(first, [], next) { Parents = parents });
        position = next ?? position;
        return batches;
    }

    private static Run Next(Run run, PlanBatch batch) => run with
    {
        Usage = (run.Usage ?? Usage.None) + UsageMeter.Take(),
        Batches = run.Batches + 1,
        Slices = run.Slices + batch.Slices.Count,
        // An empty batch has no slice that would end it.
        BatchesEnded = batch.Slices.Count == 0 ? [.. run.BatchesEnded, run.Batches] : run.BatchesEnded,
        Position = batch.Next ?? run.Position,
        Status = batch.Next is null ? RunStatus.Running : RunStatus.Planning,
        PlanAfter = null,
        PlanFailures = 0,
    };

    private ValueTask SendAsync(Run run, int slice, CancellationToken cancellationToken) =>
        sender.SendAsync(new ExtractMessage(run.Pipeline, run.Stream, run.Id, run.Batches, slice), cancellationToken: cancellationToken);

    private async ValueTask StopAsync(Run run, PlanStep stop, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        SourceError? failure = stop is PlanFailed failed ? failed.Error : (stop as PlanWaits)?.Failure;
        int failures = failure is null ? run.PlanFailures : run.PlanFailures + 1;
        if (failure is { } error && failures >= options.TriesOf(error.Kind))
        {
            await runs.EndAsync(run, RunStatus.Failed, error.Message, cancellationToken);
            return;
        }

        DateTimeOffset until = stop is PlanWaits wait ? wait.Until : now + ExtractOptions.Backoff(failures);
        await documents.ChangeAsync<Run>(
            RunNames.Run(run.Pipeline, run.Stream, run.Id),
            current => current is null || current.HasEnded ? current : current with { PlanAfter = until, PlanFailures = failures },
            cancellationToken);
        await sender.SendAsync(new TickMessage("planning goes on"), until - now, cancellationToken);
    }

    private sealed record PlannedBatch(PlanBatch? Batch, PlanStep? Stop);
}
