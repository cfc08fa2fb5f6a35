using Penstock.Pipelines.Backfills;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Stages;

/// <summary>Operate: does what operators ask for. Asking twice with one idempotency key does it once.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="runs">The runs.</param>
/// <param name="backfills">The backfills.</param>
/// <param name="time">The clock.</param>
public sealed class OperateStage(IPipelineCatalog catalog, RunBook runs, BackfillBook backfills, TimeProvider time)
{
    /// <summary>Carries out a command.</summary>
    public Task<OperateOutcome> RunAsync(OperatorCommand command, CancellationToken cancellationToken = default) => command switch
    {
        StartBackfill start => StartAsync(start, cancellationToken),
        PauseBackfill pause => backfills.PauseAsync(pause.Id, cancellationToken),
        ResumeBackfill resume => backfills.ResumeAsync(resume.Id, cancellationToken),
        CancelBackfill cancel => backfills.CancelAsync(cancel.Id, cancellationToken),
        RunNow now => RunNowAsync(now, cancellationToken),
        CancelRun cancel => CancelRunAsync(cancel, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "Not a command that Operate knows."),
    };

    /// <summary>Looks whether a backfill could be started: why not, or of which streams.</summary>
    public async Task<(OperateOutcome? Refusal, IReadOnlyList<string> Streams)> CheckAsync(StartBackfill start, CancellationToken cancellationToken = default)
    {
        if (start.From >= start.To)
            return (new CommandInvalid("from", $"The window is empty: 'from' ({start.From:O}) must be before 'to' ({start.To:O})."), []);
        if (start.Parallelism is < 1 or > Backfill.MaxParallelism)
            return (new CommandInvalid("parallelism", $"'parallelism' ({start.Parallelism}) must be 1 to {Backfill.MaxParallelism}."), []);
        return await PulledAsync(start.Pipeline, start.Streams, cancellationToken);
    }

    private async Task<OperateOutcome> StartAsync(StartBackfill start, CancellationToken cancellationToken)
    {
        (OperateOutcome? refusal, IReadOnlyList<string> streams) = await CheckAsync(start, cancellationToken);
        return refusal ?? await backfills.StartAsync(start, streams, cancellationToken);
    }

    private async Task<OperateOutcome> RunNowAsync(RunNow now, CancellationToken cancellationToken)
    {
        (OperateOutcome? refusal, IReadOnlyList<string> streams) = await PulledAsync(now.Pipeline, now.Streams, cancellationToken);
        if (refusal is not null)
            return refusal;
        var begun = new List<RunReference>();
        foreach (string stream in streams)
        {
            if (await runs.BeginIncrementalAsync(now.Pipeline, stream, time.GetUtcNow(), cancellationToken) is { } run)
                begun.Add(new RunReference(now.Pipeline, stream, run));
        }

        await runs.WakeAsync($"run {now.Pipeline} now", cancellationToken);
        return new RunsBegun(begun);
    }

    private async Task<OperateOutcome> CancelRunAsync(CancelRun cancel, CancellationToken cancellationToken)
    {
        RunReference run = cancel.Run;
        return await EndAsync(run.Pipeline, run.Stream, run.Run, cancellationToken)
            ? new RunsBegun([run])
            : new CommandNotFound($"There is no run '{run.Run}' of {run.Pipeline}/{run.Stream}.");
    }

    private async ValueTask<bool> EndAsync(string pipeline, string stream, string id, CancellationToken cancellationToken)
    {
        if ((await runs.FindAsync(pipeline, stream, id, cancellationToken))?.Value is not { } run)
            return false;
        await runs.EndAsync(run, run.HasEnded ? run.Status : RunStatus.Cancelled, run.Error, cancellationToken);
        return true;
    }

    private async ValueTask<(OperateOutcome? Refusal, IReadOnlyList<string> Streams)> PulledAsync(
        string name, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        switch (await catalog.FindAsync(name, cancellationToken))
        {
            case null:
                return (new CommandNotFound($"There is no pipeline '{name}'."), []);
            case BrokenPipeline broken:
                return (new CommandInvalid("pipeline", $"The pipeline '{name}' is broken: {broken.Problems[0]}"), []);
            case UsablePipeline { Pipeline: var pipeline }:
                var pulled = pipeline.Streams.Where(stream => stream.Reception is null).Select(stream => stream.Name).ToList();
                if (wanted.Except(pulled).FirstOrDefault() is { } unknown)
                    return (new CommandInvalid("streams", $"The pipeline '{name}' pulls no stream '{unknown}'. It pulls: {string.Join(", ", pulled)}."), []);
                if (pulled.Count == 0)
                    return (new CommandInvalid("pipeline", $"The pipeline '{name}' only receives: there is nothing to pull."), []);
                return (null, wanted.Count == 0 ? pulled : [.. wanted.Distinct()]);
            default:
                throw new InvalidOperationException($"The catalogue gave an unknown kind of entry for '{name}'.");
        }
    }
}
