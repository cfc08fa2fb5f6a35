using System.Text;
using Penstock.Pipelines.Erasing;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Tests.Erasing;

namespace Penstock.Pipelines.Tests.Subjects;

public class RawEncryptionTests
{
    private readonly ErasureWorld _world = new(encryption: new RawEncryption(["email", "name", "customer", "note"]));

    [Fact]
    public async Task what_is_declared_is_nowhere_in_raw_and_curated_all_the_same()
    {
        await _world.FillAsync();
        Assert.DoesNotContain(await _world.FindAsync("@example.com"), place => place.StartsWith("raw/", StringComparison.Ordinal));
        await _world.World.WorkAsync();
        var plain = new ErasureWorld();
        await plain.FillAsync();
        await plain.World.WorkAsync();
        Assert.Equal(await plain.CuratedAsync(), await _world.CuratedAsync());
    }

    [Fact]
    public async Task erasing_destroys_the_key_and_leaves_raw_as_it_is()
    {
        await _world.FillAsync();
        await _world.World.WorkAsync();
        Dictionary<string, string> before = await RawAsync();
        Erasure erasure = await _world.EraseAsync();
        Assert.Contains(new ErasureCount("keys", "destroyed", 1, 1), erasure.Counts!);
        Assert.Contains(new ErasureCount("raw", "shredded", 4, 3), erasure.Counts!);
        Assert.Equal(before, await RawAsync());
        Assert.Empty(await _world.FindAsync(ErasureWorld.Ada));
        await _world.ReplayAsync();
        Assert.Equal(3, (await _world.CuratedAsync()).Split('\n').Length);
        Assert.All(await _world.EntriesAsync(), entry => Assert.True(entry.Balances));
        Assert.Equal(4, (await _world.EntriesAsync()).Sum(entry => entry.Erased));
    }

    [Fact]
    public async Task without_the_wrapping_key_nothing_is_landed_unencrypted()
    {
        _world.World.Stores.Secrets.Set("raw-key", null);
        var batch = new ReceivedBatch("sample", "customers", "webhook", DateTimeOffset.UnixEpoch, [Encoding.UTF8.GetBytes("""{"email":"ada@example.com"}""")]);
        var waits = Assert.IsType<BatchWaits>(await _world.World.Get<ReceiveStage>().RunAsync(batch));
        Assert.Contains("There is no secret 'raw-key'", waits.Reason);
        Assert.Empty(await RawAsync());
    }

    [Fact]
    public async Task a_key_that_was_lost_and_not_destroyed_on_purpose_sets_its_records_aside()
    {
        await _world.FillAsync();
        await foreach (BlobEntry key in _world.World.Stores.Blobs.ListAsync(SubjectDataKey.Folder))
            await _world.World.Stores.Blobs.DeleteAsync(key.Name);
        var restarted = new SubjectKeyring(new(_world.World.Stores.Blobs), _world.World.Stores.Blobs, _world.World.Stores.Secrets);
        Assert.Null(await restarted.FindAsync(new SubjectId(1)));
    }

    private async Task<Dictionary<string, string>> RawAsync()
    {
        var raw = new Dictionary<string, string>();
        await foreach (BlobEntry entry in _world.World.Stores.Blobs.ListAsync("raw/"))
            raw[entry.Name] = Convert.ToHexString((await _world.World.Stores.Blobs.GetAsync(entry.Name))!.Content.Span);
        return raw;
    }
}
