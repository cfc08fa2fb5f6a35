using System.Runtime.CompilerServices;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;
using Penstock.Simulation.Faults;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Ports;

/// <summary>The blob store as one worker reaches it.</summary>
public sealed class WorkerBlobStore(World world, Worker worker) : IBlobStore
{
    private MemoryBlobStore Store => world.Blobs;

    public ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default) =>
        world.Wire.CallAsync(worker, CallKind.Get, name, async () =>
            await Store.GetAsync(name, CancellationToken.None) is { } blob ? blob with { StoreTime = Told(blob.StoreTime) } : null);

    public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default) =>
        world.Wire.CallAsync(worker, CallKind.Open, name, () => Store.OpenAsync(name, CancellationToken.None));

    public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        world.Wire.CallAsync(
            worker, CallKind.Put, name, () => WrittenAsync(name, () => Store.PutIfAbsentAsync(name, content, CancellationToken.None)), _ => PutConflict.Instance);

    public ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
        world.Wire.CallAsync(
            worker, CallKind.Replace, name, () => WrittenAsync(name, () => Store.PutIfMatchAsync(name, content, etag, CancellationToken.None)), _ => PutConflict.Instance);

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<BlobEntry> entries = await world.Wire.CallAsync(worker, CallKind.List, prefix, async () =>
        {
            var found = new List<BlobEntry>();
            await foreach (BlobEntry entry in Store.ListAsync(prefix, CancellationToken.None))
                found.Add(entry);
            return found;
        });
        foreach (BlobEntry entry in entries)
            yield return entry;
    }

    public ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default) =>
        world.Wire.CallAsync(
            worker,
            CallKind.Delete,
            name,
            async () =>
            {
                bool deleted = await Store.DeleteAsync(name, etag, CancellationToken.None);
                if (deleted)
                    world.Invariants.Deleted(name);
                return deleted;
            },
            _ => false);

    private async ValueTask<PutOutcome> WrittenAsync(string name, Func<ValueTask<PutOutcome>> write)
    {
        PutOutcome outcome = await write();
        if (outcome is not Stored stored)
            return outcome;
        await world.Invariants.WrittenAsync(worker, name);
        return stored with { StoreTime = Told(stored.StoreTime) };
    }

    // As HTTP's Date header tells it, in whole seconds.
    private static DateTimeOffset? Told(DateTimeOffset? time) => time is { } at ? at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerSecond)) : null;
}
