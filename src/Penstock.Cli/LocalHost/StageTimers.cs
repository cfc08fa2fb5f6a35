using Microsoft.Extensions.Logging;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Cli.LocalHost;

/// <summary>The timers of the function app: Plan and Watch, at once and then each minute.</summary>
/// <param name="clock">Plans.</param>
/// <param name="watch">Watches.</param>
/// <param name="print">Prints what Watch found.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where failures go.</param>
internal sealed class StageTimers(PlanClock clock, WatchStage watch, Action<string> print, TimeProvider time, ILogger<StageTimers> log)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private bool _hasPlanned;

    /// <summary>Runs both until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        EachMinuteAsync("Plan", () => PlanAsync(cancellationToken), cancellationToken),
        EachMinuteAsync("Watch", () => WatchAsync(cancellationToken), cancellationToken));

    // A host that was stopped a moment ago may have left planning undone: the next one doesn't wait for the minute to be over.
    private async Task PlanAsync(CancellationToken cancellationToken)
    {
        PlanReport? report = await clock.OnTimerAsync(time.GetUtcNow() + Period, cancellationToken);
        if (report is null && !_hasPlanned)
            await clock.OnTickAsync(new TickMessage("the host starts"), time.GetUtcNow() + Period, cancellationToken);
        _hasPlanned = true;
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        foreach (string finding in await watch.RunAsync(cancellationToken))
            print($"watch: {finding}");
    }

    private async Task EachMinuteAsync(string name, Func<Task> tick, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                try
                {
                    await tick();
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                {
                    LogMessages.TimerFailed(log, name, e);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
