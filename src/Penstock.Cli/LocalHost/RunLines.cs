using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Cli.LocalHost;

/// <summary>Prints a line for each run that has finished and is curated, and for each message that was given up.</summary>
/// <param name="runs">Finds runs.</param>
/// <param name="ledger">Counts them.</param>
/// <param name="print">Prints.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where failures go.</param>
internal sealed class RunLines(RunBook runs, RunLedger ledger, Action<string> print, TimeProvider time, ILogger<RunLines> log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<RunReference, bool> _open = new();

    /// <summary>Listens to what becomes of messages.</summary>
    public void Attach(QueuePump pump) => pump.Worked = OnWorked;

    /// <summary>Looks at the runs that go on until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (OpenRunMarker open in runs.ListOpenAsync(cancellationToken))
                _open.TryAdd(new RunReference(open.Pipeline, open.Stream, open.Run), true);
            using var timer = new PeriodicTimer(Interval, time);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                foreach (RunReference run in _open.Keys)
                    await LookAsync(run, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private void OnWorked(WorkItem item, WorkOutcome? outcome)
    {
        // A slice that is dropped belongs to a run that was told already.
        if (outcome is SliceWorked { Message: var slice, Outcome: not SliceDropped })
            _open.TryAdd(new RunReference(slice.Pipeline, slice.Stream, slice.Run), true);
        else if (outcome is GivenUp { Letter: var letter })
            print($"dead letter {letter.Id} from '{letter.Queue}': {letter.Reason}");
    }

    private async Task LookAsync(RunReference reference, CancellationToken cancellationToken)
    {
        try
        {
            if ((await runs.FindAsync(reference.Pipeline, reference.Stream, reference.Run, cancellationToken))?.Value is not { } run)
            {
                _open.TryRemove(reference, out _);
                return;
            }

            if (!run.HasEnded)
                return;
            RunCounts counts = await ledger.CountAsync(run, cancellationToken);
            if (counts.IsCurated && _open.TryRemove(reference, out _))
                print(Line(run, counts));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogMessages.RunNotShown(log, reference.Pipeline, reference.Stream, reference.Run, e);
        }
    }

    private static string Line(Run run, RunCounts counts)
    {
        TimeSpan took = (run.EndedAt ?? run.CreatedAt) - run.CreatedAt;
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Pipeline}/{run.Stream} {run.Id} {run.Status.ToString().ToLowerInvariant()} in {took.TotalSeconds:0.0} s: {counts.Landed} landed, {counts.Curated} curated, {counts.Quarantined} quarantined, {counts.Calls} calls, {counts.Throttled} throttled");
        return run.Error is null ? line : $"{line}. {run.Error}";
    }
}
