using System.Runtime.CompilerServices;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Watching;

/// <summary>Alerts as long as there are dead letters.</summary>
/// <param name="blobs">Their listing.</param>
/// <param name="alerts">Where alerts go.</param>
public sealed class DeadLetterMonitor(IBlobStore blobs, AlertBook alerts) : IMonitor
{
    private const string Kind = "deadletters";

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string queue in QueueNames.All)
        {
            int count = 0;
            await foreach (BlobEntry _ in blobs.ListAsync($"{DeadLetter.Folder}{queue}/", cancellationToken))
                count++;
            string? line = count > 0
                ? await alerts.RaiseAsync(Kind, queue, $"{count} messages of the queue '{queue}' can't be processed. Look at GET /api/deadletters.", cancellationToken)
                : await alerts.ResolveAsync(Kind, queue, cancellationToken);
            if (line is not null)
                yield return line;
        }
    }
}
