using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Ports;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Dispatch;

public class QueuePumpTests
{
    [Fact]
    public async Task a_message_whose_work_is_stopped_is_given_back_at_once()
    {
        var world = new PenstockWorld(new ScriptedStream { WindowSize = 100 });
        await world.PlanAsync();
        using var stop = new CancellationTokenSource();
        world.Stream.Served = (_, _) => stop.Cancel();
        await Pump(world).RunAsync(stop.Token);

        Assert.Single(await world.Stores.Queue.ReceiveAsync(QueueNames.Extract, 1, TimeSpan.FromMinutes(1)));
    }

    private static QueuePump Pump(PenstockWorld world) => new(
        world.Stores.Queue, world.Get<WorkDispatcher>(), new PumpOptions(), world.Time, NullLogger<QueuePump>.Instance);
}
