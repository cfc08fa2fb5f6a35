using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Penstock.Pipelines.Ports;

namespace Penstock.Cli.LocalHost.EventHubs;

/// <summary>
/// Numbers the events of each partition, ascending, also after a restart: numbers are reserved in blocks on the store before
/// any is given, so that a crash leaves a gap and never a repetition.
/// </summary>
/// <param name="blobs">Where reservations are kept.</param>
internal sealed class SequenceNumbers(IBlobStore blobs)
{
    private const int Block = 1000;
    private readonly ConcurrentDictionary<string, Partition> _partitions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes numbers; gives the first of them.</summary>
    public async ValueTask<long> TakeAsync(string hub, int partition, int count, CancellationToken cancellationToken)
    {
        string name = $"{BlobAreas.State}/local/eventhubs/{BlobNames.Segment(hub.ToLowerInvariant())}/{partition}.txt";
        Partition place = _partitions.GetOrAdd(name, _ => new Partition());
        await place.Gate.WaitAsync(cancellationToken);
        try
        {
            if (place.Next + count > place.Reserved)
                (place.Next, place.Reserved) = await ReserveAsync(name, Math.Max(count, Block), cancellationToken);
            long first = place.Next;
            place.Next += count;
            return first;
        }
        finally
        {
            place.Gate.Release();
        }
    }

    private async ValueTask<(long First, long End)> ReserveAsync(string name, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Blob? known = await blobs.GetAsync(name, cancellationToken);
            long first = known is null ? 0 : long.Parse(Encoding.UTF8.GetString(known.Content.Span), CultureInfo.InvariantCulture);
            byte[] text = Encoding.UTF8.GetBytes((first + count).ToString(CultureInfo.InvariantCulture));
            PutOutcome put = known is null
                ? await blobs.PutIfAbsentAsync(name, text, cancellationToken)
                : await blobs.PutIfMatchAsync(name, text, known.ETag, cancellationToken);
            if (put is Stored)
                return (first, first + count);
        }
    }

    private sealed class Partition
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public long Next { get; set; }

        public long Reserved { get; set; }
    }
}
