using System.Text;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Ports;
using Penstock.Testing;

namespace Penstock.Pipelines.Tests.Folders;

public sealed class FolderBlobStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderBlobStore _store;

    public FolderBlobStoreTests() => _store = new FolderBlobStore(_folder.Path, new ManualTimeProvider());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task a_blob_is_a_file_of_the_same_bytes()
    {
        await _store.PutIfAbsentAsync("raw/pokeapi/pokemon/1.jsonl", "{\"a\":1}\n"u8.ToArray());
        Assert.Equal("{\"a\":1}\n", File.ReadAllText(Path.Combine(_folder.Path, "raw", "pokeapi", "pokemon", "1.jsonl")));
    }

    [Fact]
    public async Task a_file_put_there_by_hand_is_a_blob_and_foreign_files_are_left_alone()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "config"));
        File.WriteAllText(Path.Combine(_folder.Path, "config", "mine.yaml"), "x");
        File.WriteAllText(Path.Combine(_folder.Path, "config", ".DS_Store"), "x");
        Assert.Equal(["config/mine.yaml"], await _store.ListAsync("config/").Select(entry => entry.Name).ToListAsync());
        Blob mine = (await _store.GetAsync("config/mine.yaml"))!;
        Assert.IsType<Stored>(await _store.PutIfMatchAsync("config/mine.yaml", "y"u8.ToArray(), mine.ETag));
    }

    [Fact]
    public async Task a_file_edited_by_hand_is_another_version()
    {
        string etag = Assert.IsType<Stored>(await _store.PutIfAbsentAsync("config/a.yaml", "x"u8.ToArray())).ETag;
        File.WriteAllText(Path.Combine(_folder.Path, "config", "a.yaml"), "z");
        Assert.IsType<PutConflict>(await _store.PutIfMatchAsync("config/a.yaml", "y"u8.ToArray(), etag));
    }

    [Fact]
    public async Task no_half_written_file_and_no_empty_folder_is_left()
    {
        await _store.PutIfAbsentAsync("state/a/b/c.json", "x"u8.ToArray());
        Assert.True(await _store.DeleteAsync("state/a/b/c.json"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.Path, ".penstock", "tmp")));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "state")));
    }

    [Fact]
    public void what_a_killed_process_left_half_written_is_deleted_after_an_hour()
    {
        string temporary = Path.Combine(_folder.Path, ".penstock", "tmp");
        File.WriteAllText(Path.Combine(temporary, "old"), "x");
        File.SetLastWriteTimeUtc(Path.Combine(temporary, "old"), DateTime.UtcNow.AddHours(-2));
        File.WriteAllText(Path.Combine(temporary, "young"), "x");
        _ = new FolderBlobStore(_folder.Path, TimeProvider.System);
        Assert.Equal(["young"], Directory.EnumerateFiles(temporary).Select(Path.GetFileName));
    }

    [Fact]
    public async Task permission_denied_names_the_path_and_what_to_do()
    {
        // A folder in the place of the file is refused like a file that may not be read, also where the tests run as root.
        string path = Path.Combine(_folder.Path, "state", "a.json");
        Directory.CreateDirectory(path);
        var refused = await Assert.ThrowsAsync<IOException>(async () => await _store.GetAsync("state/a.json"));
        Assert.Equal($"Permission denied at '{path}'. Let the user who runs Penstock read and write this folder, or choose another data folder.", refused.Message);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(unchecked((int)0x80070070))]
    public async Task a_full_disk_names_the_path_and_what_to_do(int code)
    {
        var full = await Assert.ThrowsAsync<IOException>(() => FolderErrors.ExplainAsync<int>("/data/raw/x", () => throw new IOException("No space left on device", code)));
        Assert.StartsWith("The disk is full, or its quota used up: '/data/raw/x' could not be written and is as it was. Free some space", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task listing_a_prefix_looks_into_no_other_folder()
    {
        for (int i = 0; i < 5; i++)
            await _store.PutIfAbsentAsync($"raw/p{i}/s/x.json", Encoding.UTF8.GetBytes($"{i}"));
        Assert.Equal(["raw/p3/s/x.json"], await _store.ListAsync("raw/p3/s").Select(entry => entry.Name).ToListAsync());
    }
}
