using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Costs;

/// <summary>Counts the messages that are sent.</summary>
/// <param name="inner">The queue.</param>
public sealed class MeteredWorkQueue(IWorkQueue inner) : IWorkQueue
{
    private static readonly Usage Message = new() { Messages = 1 };

    /// <inheritdoc/>
    public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay = default, CancellationToken cancellationToken = default)
    {
        Meter.Count(Meter.QueueSend, Message);
        return inner.SendAsync(queue, message, delay, cancellationToken);
    }
}
