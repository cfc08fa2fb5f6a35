using System.Text;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Ports;

namespace Penstock.Functions.Triggers;

/// <summary>
/// Makes dead letters of the messages that failed too often: the host moves those to the queue's poison queue, where nobody
/// would see them.
/// </summary>
/// <param name="dispatcher">Gives messages up.</param>
public sealed class PoisonTriggers(WorkDispatcher dispatcher)
{
    private const string Reason = "It failed as often as host.json's maxDequeueCount allows; the log has the exceptions.";

    /// <summary>A tick that failed too often.</summary>
    [Function("TickPoison")]
    public Task TickAsync(
        [QueueTrigger(QueueNames.Tick + QueueNames.PoisonSuffix, Connection = Settings.Storage)] string message, CancellationToken cancellationToken) =>
        GiveUpAsync(QueueNames.Tick, message, cancellationToken);

    /// <summary>A slice that failed too often.</summary>
    [Function("ExtractPoison")]
    public Task ExtractAsync(
        [QueueTrigger(QueueNames.Extract + QueueNames.PoisonSuffix, Connection = Settings.Storage)] string message, CancellationToken cancellationToken) =>
        GiveUpAsync(QueueNames.Extract, message, cancellationToken);

    /// <summary>A raw blob that failed too often.</summary>
    [Function("TransformPoison")]
    public Task TransformAsync(
        [QueueTrigger(QueueNames.Transform + QueueNames.PoisonSuffix, Connection = Settings.Storage)] string message, CancellationToken cancellationToken) =>
        GiveUpAsync(QueueNames.Transform, message, cancellationToken);

    /// <summary>An erasure that failed too often; Watch takes it up again.</summary>
    [Function("ErasePoison")]
    public Task EraseAsync(
        [QueueTrigger(QueueNames.Erase + QueueNames.PoisonSuffix, Connection = Settings.Storage)] string message, CancellationToken cancellationToken) =>
        GiveUpAsync(QueueNames.Erase, message, cancellationToken);

    private Task<WorkOutcome> GiveUpAsync(string queue, string message, CancellationToken cancellationToken) =>
        dispatcher.GiveUpAsync(queue, Encoding.UTF8.GetBytes(message), Reason, cancellationToken);
}
