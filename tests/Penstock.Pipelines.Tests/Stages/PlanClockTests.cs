using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Stages;

public class PlanClockTests
{
    private readonly PenstockWorld _world = new();

    [Fact]
    public async Task the_timer_begins_a_chain_of_ticks_that_goes_on_without_it()
    {
        Assert.NotNull(await Clock.OnTimerAsync(Deadline));
        for (int minute = 0; minute < 5; minute++)
        {
            _world.Time.Advance(TimeSpan.FromMinutes(1));
            await _world.WorkAsync();
            Assert.Equal(1, await _world.Stores.Queue.CountAsync(QueueNames.Tick));
        }

        Assert.Equal(100, (await _world.CuratedAsync()).Split('\n').Length);
    }

    [Fact]
    public async Task timer_and_chain_together_plan_once_a_minute()
    {
        Assert.NotNull(await Clock.OnTimerAsync(Deadline));
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await Clock.OnTickAsync(new TickMessage("clock", Chained: true), Deadline));
        Assert.Null(await Clock.OnTimerAsync(Deadline));
    }

    [Fact]
    public async Task a_second_chain_dies_out()
    {
        await Clock.OnTimerAsync(Deadline);
        await _world.Get<WorkSender>().SendAsync(new TickMessage("clock", Chained: true), TimeSpan.FromMinutes(1));
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await _world.WorkAsync();
        Assert.Equal(1, await _world.Stores.Queue.CountAsync(QueueNames.Tick));
    }

    [Fact]
    public async Task a_broken_chain_is_mended_by_the_timer()
    {
        await Clock.OnTimerAsync(Deadline);
        Assert.NotEmpty(await LoseAsync());
        _world.Time.Advance(TimeSpan.FromMinutes(3));
        await Clock.OnTimerAsync(Deadline);
        Assert.Equal(1, await _world.Stores.Queue.CountAsync(QueueNames.Tick));
    }

    private PlanClock Clock => _world.Get<PlanClock>();

    private DateTimeOffset Deadline => _world.Time.GetUtcNow().AddMinutes(1);

    private async Task<IReadOnlyList<WorkItem>> LoseAsync()
    {
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        IReadOnlyList<WorkItem> lost = await _world.Stores.Queue.ReceiveAsync(QueueNames.Tick, 1, TimeSpan.FromMinutes(1));
        foreach (WorkItem item in lost)
            await _world.Stores.Queue.CompleteAsync(item);
        return lost;
    }
}
