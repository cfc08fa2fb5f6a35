using System.Runtime.CompilerServices;
using Penstock.Pipelines.Erasing;
using Penstock.Pipelines.Messages;

namespace Penstock.Pipelines.Watching;

/// <summary>Sends the message of an erasure again that goes on and hasn't been worked on for long: it was lost, or became a dead letter.</summary>
/// <param name="book">The erasures.</param>
/// <param name="sender">Sends work.</param>
/// <param name="time">The clock.</param>
public sealed class ErasureMonitor(ErasureBook book, WorkSender sender, TimeProvider time) : IMonitor
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (Erasure erasure in book.ListAsync(cancellationToken))
        {
            DateTimeOffset since = erasure.NotBefore > erasure.ChangedAt ? erasure.NotBefore.Value : erasure.ChangedAt;
            if (erasure.Status == ErasureStatus.Completed || time.GetUtcNow() - since < Patience)
                continue;
            await sender.SendAsync(new EraseMessage(erasure.Id), cancellationToken: cancellationToken);
            yield return $"sent the message of the erasure {erasure.Id} again";
        }
    }
}
