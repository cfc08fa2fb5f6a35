using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Penstock.Functions.Hosting;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Functions.Triggers;

/// <summary>What the clock starts: Plan and Watch. Missed ticks aren't caught up, for both look at what is due or missing anyway.</summary>
/// <param name="clock">Plan.</param>
/// <param name="watch">Watch.</param>
/// <param name="limits">How long they may work.</param>
/// <param name="log">Where findings go.</param>
public sealed class ClockTriggers(PlanClock clock, WatchStage watch, WorkLimits limits, ILogger<ClockTriggers> log)
{
    /// <summary>Plans, each minute.</summary>
    [Function("Plan")]
    public Task PlanAsync([TimerTrigger("0 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) =>
        clock.OnTimerAsync(limits.Deadline, cancellationToken);

    /// <summary>Watches, each five minutes.</summary>
    [Function("Watch")]
    public async Task WatchAsync([TimerTrigger("30 */5 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (string finding in await watch.RunAsync(cancellationToken))
            LogMessages.Found(log, finding);
    }
}
