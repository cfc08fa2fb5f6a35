using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Simulation.Faults;
using Penstock.Simulation.Hosting;
using Penstock.Simulation.Scenarios;

namespace Penstock.Simulation;

/// <summary>A run's course: the scenario with its faults; then the world is well and comes to rest; then the promises are checked.</summary>
public sealed class Course(World world)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(8);
    private readonly Random _chance = new(world.Plan.Seed);

    public async Task RunAsync()
    {
        world.Scenario.Begin(world);
        for (int number = 0; number < world.Scenario.Workers; number++)
            world.Start(number, 0);
        world.Each(TimeSpan.FromMinutes(1), "timer", worker => world.Scenario.TickAsync(worker));
        world.Each(TimeSpan.FromMinutes(5), "watch", worker => WatchAsync(worker));
        await Task.Delay(world.Scenario.Duration, world.Time);

        world.Trace.Write("---- the world is well from here on");
        world.Wire.Plan = FaultPlan.None;
        world.Mail.Disorder = 0;
        world.IsWell = true;
        world.Hubs.ForEach(hub => hub.Own());
        world.Scenario.End(world);
        await RestAsync();
        if (world.Scenario.PulledStream is { } pulled)
            await LastRunAsync(pulled);
        await world.Invariants.AtEndAsync();
        if (world.Scenario.KeepsHouse && world.Violations.Count == 0 && world.Plan.GoesOn)
            await KeepHouseAsync();
    }

    // Days later: what nobody committed is swept away, and nothing else; a stream that nobody reads has gone stale, until it is read.
    private async Task KeepHouseAsync()
    {
        world.HasTimers = false;
        await Task.Delay(TimeSpan.FromDays(2), world.Time);
        await WatchAsync(world.AnyWorker()!);
        await world.Invariants.Watch.CheckHouseAsync(isStale: world.Scenario.PulledStream is not null);
        if (world.Scenario.PulledStream is not { } pulled)
            return;
        world.HasTimers = true;
        await LastRunAsync(pulled);
        await WatchAsync(world.AnyWorker()!);
        await world.Invariants.Watch.CheckHouseAsync(isStale: false);
        await world.Invariants.AtEndAsync();
    }

    // A wish to run now may join a run that was begun before, and reads only what the source had by then.
    private async Task LastRunAsync(string stream)
    {
        DateTimeOffset asked = world.Time.GetUtcNow() + TimeSpan.FromSeconds(Scenario.MostSkew);
        var ledger = new RunLedger(world.Invariants.Documents, world.Blobs);
        while (world.Violations.Count == 0 && !((await ledger.FindStreamAsync(world.Scenario.Pipeline.Name, stream))?.FreshUntil > asked))
        {
            await Task.Delay(TimeSpan.FromMinutes(1), world.Time);
            if (world.AnyWorker() is { } worker)
                await worker.Get<OperateStage>().RunAsync(new RunNow(world.Scenario.Pipeline.Name, []));
            await RestAsync();
        }
    }

    private async Task RestAsync()
    {
        DateTimeOffset limit = world.Time.GetUtcNow() + s_patience;
        // What was received and whose message was lost is found by Watch, after a while.
        TimeSpan calm = world.Scenario.ReceivedStream is null ? TimeSpan.Zero : TimeSpan.FromMinutes(12);
        DateTimeOffset since = world.Time.GetUtcNow();
        // Between the ticks of the timers.
        await Task.Delay(TimeSpan.FromSeconds(90 - since.Second), world.Time);
        while (await ReviveDeadLettersAsync() || !await IsRestingAsync() || world.Time.GetUtcNow() - since < calm)
        {
            since = await IsRestingAsync() ? since : world.Time.GetUtcNow();
            if (world.Time.GetUtcNow() >= limit)
            {
                world.Violate("liveness", $"There is still work {s_patience} after the last fault: {await WhatIsLeftAsync()}.");
                return;
            }

            await Task.Delay(TimeSpan.FromMinutes(1), world.Time);
        }
    }

    private async ValueTask<bool> IsRestingAsync()
    {
        if (!await world.IsIdleAsync())
            return false;
        foreach (string goesOn in new[] { RunNames.OpenRuns, Replay.OpenFolder })
        {
            await foreach (BlobEntry _ in world.Blobs.ListAsync(goesOn))
                return false;
        }

        return true;
    }

    // What an operator does with dead letters when the cause is mended: they are sent again, or a slice is given up.
    private async ValueTask<bool> ReviveDeadLettersAsync()
    {
        bool any = false;
        var ledger = new RunLedger(world.Invariants.Documents, world.Blobs);
        await foreach (DeadLetter found in ledger.ListDeadLettersAsync())
        {
            if (world.Invariants.IsPoison(Convert.FromBase64String(found.Body)) || world.AnyWorker() is not { } worker)
                continue;
            DeadLetterDesk desk = worker.Get<DeadLetterDesk>();
            Document<DeadLetter> letter = (await desk.FindAsync(found.Queue, found.Id))!;
            if (found.Queue == QueueNames.Extract && _chance.Next(3) == 0)
                await desk.DiscardAsync(letter);
            else
                await desk.ReplayAsync(letter);
            world.Expectations.MayHaveLostMessages = true;
            any = true;
        }

        return any;
    }

    private async Task WatchAsync(Worker worker)
    {
        foreach (string finding in await worker.Get<WatchStage>().RunAsync())
            world.Invariants.Watch.Found(worker, finding);
    }

    private async ValueTask<string> WhatIsLeftAsync()
    {
        var left = new List<string>();
        foreach (string queue in QueueNames.All)
            left.Add($"{await world.Mail.Queue.CountAsync(queue)} messages in {queue}");
        await foreach (BlobEntry entry in world.Blobs.ListAsync(RunNames.OpenRuns))
            left.Add(entry.Name);
        left.AddRange(world.Workers.Where(worker => worker.Busy > 0).Select(worker => $"{worker} is busy with {worker.Busy}"));
        return string.Join(", ", left);
    }
}
