using Penstock.Pipelines.History;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Dispatch;

/// <summary>
/// Hands a queue's message to its stage. When it returns, the message is done and may be deleted; when it throws, the message
/// must come again. The Functions host and the local host both work through it.
/// </summary>
/// <param name="reader">Reads messages.</param>
/// <param name="clock">Plan.</param>
/// <param name="extract">Extract.</param>
/// <param name="transform">Transform.</param>
/// <param name="erase">Erase.</param>
/// <param name="deadLetters">Keeps what can't be processed.</param>
/// <param name="pulses">Counts what was transformed.</param>
/// <param name="replays">Told of blobs that were transformed again.</param>
/// <param name="observer">Watches.</param>
public sealed class WorkDispatcher(
    WorkReader reader, PlanClock clock, ExtractStage extract, TransformStage transform, EraseStage erase, DeadLetterOffice deadLetters,
    PulseBook pulses, ReplayBook replays, WorkObserver observer)
{
    /// <summary>Handles a message.</summary>
    /// <param name="queue">The queue it came from.</param>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="deadline">When the stage must stop gracefully.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <returns>What became of it, for logs and progress.</returns>
    public async Task<WorkOutcome> HandleAsync(
        string queue, ReadOnlyMemory<byte> body, DateTimeOffset deadline, CancellationToken cancellationToken = default)
    {
        switch (await reader.ReadAsync(queue, body, cancellationToken))
        {
            case ExtractWork { Message: var message }:
                return new SliceWorked(message, await observer.ExtractAsync(message, () => extract.RunAsync(message, deadline, cancellationToken)));
            case TransformWork { Message: var message }:
                TransformOutcome transformed = await observer.TransformAsync(message, () => transform.RunAsync(message, cancellationToken));
                if (message.Replay is not null && transformed is not TransformDeferred)
                    await replays.EnterAsync(message, (transformed as BlobCurated)?.Entry, cancellationToken);
                if (transformed is TransformRefused refused)
                    return await GiveUpAsync(queue, body, refused.Reason, cancellationToken);
                if (transformed is BlobCurated { IsNew: true, Entry: var entry } && message.Replay is null)
                    await pulses.CountAsync(message, entry, cancellationToken);
                return new BlobWorked(message, transformed);
            case EraseWork { Message: var message }:
                EraseOutcome erased = await erase.RunAsync(message, deadline, cancellationToken);
                return erased is EraseRefused unknown
                    ? await GiveUpAsync(queue, body, unknown.Reason, cancellationToken)
                    : new ErasureWorked(message, erased);
            case TickWork { Message: var message }:
                return new Planned(await clock.OnTickAsync(message, deadline, cancellationToken));
            case UnreadableMessage { Reason: var reason }:
                return await GiveUpAsync(queue, body, reason, cancellationToken);
            default:
                throw new InvalidOperationException($"No stage handles the queue '{queue}'.");
        }
    }

    /// <summary>Gives a message up: it becomes a dead letter.</summary>
    /// <param name="queue">The queue it came from.</param>
    /// <param name="body">The message as it was.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the keeping.</param>
    public async Task<WorkOutcome> GiveUpAsync(string queue, ReadOnlyMemory<byte> body, string reason, CancellationToken cancellationToken = default)
    {
        DeadLetter letter = await deadLetters.KeepAsync(queue, body, reason, cancellationToken);
        observer.GivenUp(queue, letter.Id, reason);
        return new GivenUp(letter);
    }
}

/// <summary>What became of a message.</summary>
public abstract record WorkOutcome
{
    private protected WorkOutcome() { }
}

/// <summary>Extract worked on a slice.</summary>
/// <param name="Message">Which.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record SliceWorked(ExtractMessage Message, ExtractOutcome Outcome) : WorkOutcome;

/// <summary>Transform worked on a raw blob.</summary>
/// <param name="Message">Which.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record BlobWorked(TransformMessage Message, TransformOutcome Outcome) : WorkOutcome;

/// <summary>Erase worked on an erasure.</summary>
/// <param name="Message">Which.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record ErasureWorked(EraseMessage Message, EraseOutcome Outcome) : WorkOutcome;

/// <summary>Plan looked what is due.</summary>
/// <param name="Report">What it did; null if the tick was one too many.</param>
public sealed record Planned(PlanReport? Report) : WorkOutcome;

/// <summary>The message is a dead letter now.</summary>
/// <param name="Letter">The dead letter.</param>
public sealed record GivenUp(DeadLetter Letter) : WorkOutcome;
