using System.Text;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Folders.Curated;
using Penstock.Pipelines.Ports;
using Penstock.Testing;

namespace Penstock.Pipelines.Tests.Folders;

/// <summary>Processes that are killed (kill -9) while they write, at whatever moment it happens to be.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Kills = 4;
    private readonly TemporaryFolder _folder = new();
    private readonly FolderStores _stores;

    public CrashTests() => _stores = new FolderStores(_folder.Path, TimeProvider.System, new CryptoIdSource());

    internal static CuratedTable Table { get; } = new("p", "s");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task a_killed_process_leaves_the_last_version_of_a_blob_or_the_next_never_a_torn_one()
    {
        for (int kill = 0; kill < Kills; kill++)
        {
            using var child = new ChildProcess("blobs", _folder.Path);
            await child.KillAfterAsync(3 + (kill * 5));
            Blob blob = (await _stores.Blobs.GetAsync("state/doc.json"))!;
            int number = NumberOf(blob.Content.Span);
            Assert.Equal(Document(number), blob.Content.ToArray());
            Assert.InRange(number, child.Confirmed.Max(int.Parse), child.Confirmed.Max(int.Parse) + 1);
            Assert.Equal(["state/doc.json"], await _stores.Blobs.ListAsync("state/").Select(entry => entry.Name).ToListAsync());
        }
    }

    [Fact]
    public async Task a_message_that_was_sent_survives_its_sender()
    {
        var sent = new List<string>();
        for (int kill = 0; kill < Kills; kill++)
        {
            using var child = new ChildProcess("send", _folder.Path);
            await child.KillAfterAsync(10 + (kill * 7));
            sent.AddRange(child.Confirmed);
        }

        var received = new HashSet<string>();
        while (await _stores.Queue.ReceiveAsync("extract", 32, TimeSpan.FromMinutes(5)) is { Count: > 0 } items)
            received.UnionWith(items.Select(item => Encoding.UTF8.GetString(item.Body.Span)));
        Assert.Superset(sent.ToHashSet(), received);
        Assert.InRange(received.Count, sent.Count, sent.Count + Kills);
    }

    [Fact]
    public async Task a_killed_process_leaves_curated_records_whole_and_writing_again_heals_them()
    {
        for (int kill = 0; kill < Kills; kill++)
        {
            using var child = new ChildProcess("curate", _folder.Path);
            await child.KillAfterAsync(2 + kill);
            int confirmed = child.Confirmed.Max(int.Parse);
            List<CuratedRecord> records = await _stores.Curated.ReadAsync(Table).ToListAsync();
            Assert.Equal(Batch(0).Length, records.Count);
            foreach (CuratedRecord record in records)
            {
                int version = int.Parse(record.Version);
                Assert.InRange(version, confirmed, confirmed + 1);
                Assert.Equal(Batch(version).Single(written => written.Key == record.Key).Json.ToArray(), record.Json.ToArray());
            }
        }

        int last = await NewestAsync(_stores.Curated);
        await _stores.Curated.UpsertAsync(Table, Batch(last));
        using var fresh = new TemporaryFolder();
        await new FolderCuratedStore(fresh.Path, TimeProvider.System).UpsertAsync(Table, Batch(last));
        Assert.Equal(CuratedFiles.Read(fresh.Path), CuratedFiles.Read(_folder.Path));
    }

    internal static byte[] Document(int number) => Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat(number, 2000 + (number % 7))));

    internal static int NumberOf(ReadOnlySpan<byte> document) => int.Parse(document[..document.IndexOf((byte)',')]);

    internal static CuratedRecord[] Batch(int version) =>
        Enumerable.Range(0, 300).Select(key => new CuratedRecord($"{key}", $"{version:D6}", Encoding.UTF8.GetBytes($$"""{"id":{{key}},"v":{{version}},"text":"{{new string('x', (version * 7 + key) % 50)}}"}"""))).ToArray();

    internal static async Task<int> NewestAsync(ICuratedStore curated) =>
        await curated.ReadAsync(Table).Select(record => int.Parse(record.Version)).DefaultIfEmpty(0).MaxAsync();
}
