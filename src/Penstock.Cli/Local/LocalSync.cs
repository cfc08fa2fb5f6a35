using Penstock.Cli.CommandLine;
using Penstock.Cli.Output;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Stages;

namespace Penstock.Cli.Local;

/// <summary>Runs a pipeline once: checks that its streams can be opened, begins the runs, works until it is quiet.</summary>
/// <param name="work">The stages on the data folder.</param>
/// <param name="surroundings">Where progress goes.</param>
internal sealed class LocalSync(LocalWork work, Surroundings surroundings)
{
    /// <summary>What keeps the streams from being opened; nothing if all can be.</summary>
    public async Task<IReadOnlyList<DefinitionProblem>> CheckAsync(Pipeline pipeline, IReadOnlyList<string> streams, CancellationToken cancellationToken)
    {
        var problems = new List<DefinitionProblem>();
        foreach (string stream in streams)
        {
            if (await work.Get<IStreamOpener>().OpenAsync(pipeline, stream, cancellationToken) is StreamUnavailable unavailable)
                problems.AddRange(unavailable.Problems);
        }

        return [.. problems.Distinct()];
    }

    /// <summary>Carries out a command and works until its runs are done.</summary>
    /// <param name="command">A <see cref="RunNow"/> or a <see cref="StartBackfill"/>.</param>
    /// <param name="cancellationToken">Stops the work; what is committed stays.</param>
    public async Task<SyncOutcome> RunAsync(OperatorCommand command, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunReference>? runs = await work.Get<OperateStage>().RunAsync(command, cancellationToken) switch
        {
            RunsBegun begun => begun.Runs,
            BackfillStarted started => [.. started.Backfill.Streams.Select(stream => new RunReference(started.Backfill.Pipeline, stream, started.Backfill.RunId))],
            CommandInvalid invalid => Refuse(invalid.Reason),
            CommandNotFound missing => Refuse(missing.Reason),
            CommandConflict conflict => Refuse(conflict.Reason),
            var other => throw new InvalidOperationException($"Operate gave a {other.GetType().Name}."),
        };
        return runs is null
            ? new SyncRefused()
            : new SyncDone(await new RunDisplay(surroundings).ShowAsync(progress => work.RunUntilQuietAsync(runs, progress, cancellationToken)));
    }

    private IReadOnlyList<RunReference>? Refuse(string reason)
    {
        Failure.Report(surroundings, reason, "Nothing was done.");
        return null;
    }
}

/// <summary>What became of a run of a pipeline.</summary>
internal abstract record SyncOutcome;

/// <summary>The runs are over, well or not.</summary>
/// <param name="Snapshot">What became of them.</param>
internal sealed record SyncDone(RunSnapshot Snapshot) : SyncOutcome;

/// <summary>The command makes no sense; it has been told why.</summary>
internal sealed record SyncRefused : SyncOutcome;
