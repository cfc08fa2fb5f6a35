using System.Diagnostics;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Stages;

/// <summary>When planning was last done, and when the chain of ticks goes on.</summary>
/// <param name="PlannedAt">When planning was last begun.</param>
/// <param name="NextTick">When the next tick of the chain is due.</param>
public sealed record TickChain(DateTimeOffset PlannedAt, DateTimeOffset NextTick)
{
    /// <summary>The document's name.</summary>
    public const string Name = BlobAreas.State + "/clock.json";
}

/// <summary>
/// Keeps planning going with two clocks, the timer and a chain of delayed messages: timers have been seen to freeze after a
/// deployment (Azure/azure-functions-host#11828). Either one mends the other, and planning isn't done twice a minute.
/// </summary>
/// <param name="documents">Where the chain is kept.</param>
/// <param name="sender">Sends ticks.</param>
/// <param name="plan">Plans.</param>
/// <param name="time">The clock.</param>
public sealed class PlanClock(DocumentStore documents, WorkSender sender, PlanStage plan, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>The timer's tick.</summary>
    public async Task<PlanReport?> OnTimerAsync(DateTimeOffset deadline, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool isBroken = false;
        bool isDue = false;
        DateTimeOffset? before = null;
        await documents.ChangeAsync<TickChain>(
            TickChain.Name,
            chain =>
            {
                before = chain?.PlannedAt;
                isDue = chain is null || now - chain.PlannedAt >= Period / 2;
                isBroken = chain is null || now - chain.NextTick >= Period;
                return isDue || isBroken
                    ? new TickChain(isDue ? now : chain!.PlannedAt, isBroken ? now + Period : chain!.NextTick)
                    : chain;
            },
            cancellationToken);
        if (isBroken)
            await sender.SendAsync(new TickMessage("clock", Chained: true), Period, cancellationToken);
        if (!isDue)
            return null;
        using Activity? span = Tracing.Tick("timer");
        return await plan.RunAsync(deadline, cancellationToken);
    }

    /// <summary>A tick message: one of the chain, or somebody's wish that planning looks at once.</summary>
    public async Task<PlanReport?> OnTickAsync(TickMessage tick, DateTimeOffset deadline, CancellationToken cancellationToken = default)
    {
        if (tick.Chained && !await GoOnAsync(cancellationToken))
            return null;
        using Activity? span = Tracing.Tick("pubsub", tick.Context);
        return await plan.RunAsync(deadline, cancellationToken);
    }

    // A second chain, from a duplicate message, finds the next tick claimed already and dies out.
    private async ValueTask<bool> GoOnAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool isOurs = false;
        await documents.ChangeAsync<TickChain>(
            TickChain.Name,
            chain =>
            {
                var next = new TickChain(now, now + Period);
                if (chain == next)
                    return chain; // It is stored, only the answer was lost.
                isOurs = chain is null || now >= chain.NextTick - (Period / 10);
                return isOurs ? next : chain;
            },
            cancellationToken);
        if (isOurs)
            await sender.SendAsync(new TickMessage("clock", Chained: true), Period, cancellationToken);
        return isOurs;
    }
}
