using System.Security.Cryptography;
using System.Text;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Stages;

/// <summary>Operate: does what operators ask for. Asking twice with one idempotency key does it once.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="runs">The runs.</param>
/// <param name="documents">Where backfills are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="ids">Names backfills.</param>
public sealed class OperateStage(IPipelineCatalog catalog, RunBook runs, DocumentStore documents, TimeProvider time, IIdSource ids)
{
    /// <summary>Carries out a command.</summary>
    public Task<OperateOutcome> RunAsync(OperatorCommand command, CancellationToken cancellationToken = default) => command switch
    {
        StartBackfill start => StartAsync(start, cancellationToken),
        CancelBackfill cancel => CancelAsync(cancel, cancellationToken),
        RunNow now => RunNowAsync(now, cancellationToken),
        CancelRun cancel => CancelRunAsync(cancel, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "Not a command that Operate knows."),
    };

    private async Task<OperateOutcome> StartAsync(StartBackfill start, CancellationToken cancellationToken)
    {
        if (start.From >= start.To)
            return new CommandInvalid("from", $"The window is empty: 'from' ({start.From:O}) must be before 'to' ({start.To:O}).");
        (OperateOutcome? refusal, IReadOnlyList<string> streams) = await PulledAsync(start.Pipeline, start.Streams, cancellationToken);
        if (refusal is not null)
            return refusal;

        string id = start.IdempotencyKey is { } key ? Digest($"{start.Pipeline}\n{key}") : ids.Next();
        var wish = new Backfill(id, start.Pipeline, streams, start.From, start.To, time.GetUtcNow());
        Backfill backfill = (await documents.ChangeAsync<Backfill>(RunNames.Backfill(id), known => known ?? wish, cancellationToken))!.Value;
        if (backfill with { RequestedAt = wish.RequestedAt, Streams = streams } != wish || !backfill.Streams.SequenceEqual(streams))
            return new CommandConflict("The idempotency key was used for another backfill. Use a new key.");

        foreach (string stream in backfill.Streams)
        {
            var run = new Run
            {
                Id = backfill.RunId,
                Pipeline = backfill.Pipeline,
                Stream = stream,
                Kind = RunKind.Backfill,
                CreatedAt = backfill.RequestedAt,
                Window = new BackfillWindow(backfill.From, backfill.To),
                Backfill = id,
            };
            // A backfill that has ended and is asked for again has no marker any more, and needs none.
            if (await runs.FindAsync(run.Pipeline, stream, run.Id, cancellationToken) is null)
                await runs.BeginAsync(run, cancellationToken);
        }

        await runs.WakeAsync($"backfill {id}", cancellationToken);
        return new BackfillStarted(backfill);
    }

    private async Task<OperateOutcome> CancelAsync(CancelBackfill cancel, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<Backfill>(RunNames.Backfill(cancel.Id), cancellationToken) is not { Value: var backfill })
            return new CommandNotFound($"There is no backfill '{cancel.Id}'.");
        foreach (string stream in backfill.Streams)
            await EndAsync(backfill.Pipeline, stream, backfill.RunId, cancellationToken);
        return new BackfillCancelled(backfill);
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

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..20];
}
