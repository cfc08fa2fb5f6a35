using Penstock.Pipelines.Ports;
using Penstock.Simulation.Faults;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Ports;

/// <summary>The queues as one worker sends to them: messages may come late, in another order, and twice.</summary>
public sealed class WorkerQueue(World world, Worker worker) : IWorkQueue
{
    public async ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay = default, CancellationToken cancellationToken = default) =>
        await world.Wire.CallAsync(worker, CallKind.Send, queue, async () =>
        {
            world.Invariants.Sent(queue, message);
            await world.Mail.SendAsync(queue, message, delay);
            return true;
        });
}
