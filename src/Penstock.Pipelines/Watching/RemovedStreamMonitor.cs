using System.Globalization;
using System.Runtime.CompilerServices;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Quality;
using Penstock.Pipelines.Quality.Sets;

namespace Penstock.Pipelines.Watching;

/// <summary>
/// Takes away what the monitors of a stream have kept for a while, if the stream is in no pipeline any more: nobody else does. Once a
/// day. Its data stays: a line that is missing in a file is no order to delete.
/// </summary>
/// <param name="removed">The streams.</param>
/// <param name="quality">What their blobs were like.</param>
/// <param name="sets">What their blobs added to their runs' sets.</param>
/// <param name="blobs">Says when it was done last.</param>
/// <param name="time">The clock.</param>
public sealed class RemovedStreamMonitor(RemovedStreams removed, QualityBook quality, SetBook sets, IBlobStore blobs, TimeProvider time) : IMonitor
{
    // As long as the figures of other streams are kept.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        string marker = $"{BlobAreas.Ledger}/swept/streams/{now.UtcDateTime.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture)}";
        if (await blobs.GetAsync(marker, cancellationToken) is not null)
            yield break;
        await foreach ((string pipeline, string stream) in removed.ListAsync(cancellationToken))
        {
            await quality.SweepAsync(pipeline, stream, now - Kept, cancellationToken);
            await sets.DeleteAsync(pipeline, stream, now - Kept, cancellationToken);
        }

        await blobs.PutIfAbsentAsync(marker, ReadOnlyMemory<byte>.Empty, cancellationToken);
    }
}
