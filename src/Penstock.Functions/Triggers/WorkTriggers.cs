using System.Text;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Ports;

namespace Penstock.Functions.Triggers;

/// <summary>What the work queues start. A message is deleted when its function returns, and comes again when it throws.</summary>
/// <param name="dispatcher">Hands a message to its stage.</param>
/// <param name="limits">How long a stage may work.</param>
public sealed class WorkTriggers(WorkDispatcher dispatcher, WorkLimits limits)
{
    /// <summary>Plans: the second clock, and operators who don't want to wait for the first.</summary>
    [Function("Tick")]
    public Task TickAsync(
        [QueueTrigger(QueueNames.Tick, Connection = Settings.Storage)] string message, CancellationToken cancellationToken) =>
        HandleAsync(QueueNames.Tick, message, cancellationToken);

    /// <summary>Reads a slice.</summary>
    [Function("Extract")]
    public Task ExtractAsync(
        [QueueTrigger(QueueNames.Extract, Connection = Settings.Storage)] string message, CancellationToken cancellationToken) =>
        HandleAsync(QueueNames.Extract, message, cancellationToken);

    /// <summary>Curates a raw blob.</summary>
    [Function("Transform")]
    public Task TransformAsync(
        [QueueTrigger(QueueNames.Transform, Connection = Settings.Storage)] string message, CancellationToken cancellationToken) =>
        HandleAsync(QueueNames.Transform, message, cancellationToken);

    /// <summary>Erases a subject.</summary>
    [Function("Erase")]
    public Task EraseAsync(
        [QueueTrigger(QueueNames.Erase, Connection = Settings.Storage)] string message, CancellationToken cancellationToken) =>
        HandleAsync(QueueNames.Erase, message, cancellationToken);

    private Task<WorkOutcome> HandleAsync(string queue, string message, CancellationToken cancellationToken) =>
        dispatcher.HandleAsync(queue, Encoding.UTF8.GetBytes(message), limits.Deadline, cancellationToken);
}
