using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;
using Penstock.Testing;
using Penstock.Testing.Compliance;

namespace Penstock.Pipelines.Tests.Memory;

public class MemoryBlobStoreTests : BlobStoreCompliance
{
    private readonly MemoryStores _stores = new();

    protected override IBlobStore Store => _stores.Blobs;

    protected override DateTimeOffset Now => _stores.Time.GetUtcNow();

    [Fact]
    public async Task a_listing_goes_on_over_many_pages()
    {
        for (int i = 0; i < 2500; i++)
            await Store.PutIfAbsentAsync($"raw/{i:D4}", default);
        Assert.Equal(Enumerable.Range(0, 2500).Select(i => $"raw/{i:D4}"), await Store.ListAsync("raw/").Select(entry => entry.Name).ToListAsync());
    }
}

public class MemoryWorkQueueTests : WorkQueueCompliance
{
    private readonly MemoryStores _stores = new();

    protected override IWorkQueue Queue => _stores.Queue;

    protected override IWorkReceiver Receiver => _stores.Queue;

    protected override Task PassAsync(TimeSpan time)
    {
        _stores.Time.Advance(time);
        return Task.CompletedTask;
    }
}

public class MemoryCuratedStoreTests : CuratedStoreCompliance
{
    protected override ICuratedStore Store { get; } = new MemoryCuratedStore();
}

public class MemoryCuratedHistoryTests : CuratedHistoryCompliance
{
    protected override ICuratedStore Store { get; } = new MemoryCuratedStore();
}

public class MemorySecretStoreTests : SecretStoreCompliance
{
    private readonly MemorySecretStore _store = new();

    public MemorySecretStoreTests() => _store.Set(Name, Value);

    protected override ISecretStore Store => _store;
}
