using System.Text;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Folders.Curated;
using Penstock.Pipelines.Ports;
using Penstock.Testing;

namespace Penstock.Pipelines.Tests.Folders;

public sealed class FolderCuratedStoreTests : IDisposable
{
    private static readonly CuratedTable s_table = new("usgs", "earthquakes");
    private readonly TemporaryFolder _folder = new();
    private readonly FolderCuratedStore _store;

    public FolderCuratedStoreTests() => _store = new FolderCuratedStore(_folder.Path, new ManualTimeProvider());

    // The key "1" is in part 12, for ever: a hash that changed would lose track of what is stored.
    private string Data => Path.Combine(_folder.Path, "curated", "usgs", "earthquakes", "part-12.jsonl");

    private string Manifest => Path.Combine(_folder.Path, ".penstock", "curated", "usgs", "earthquakes", "manifest.json");

    public void Dispose() => _folder.Dispose();

    private static CuratedRecord Record(string key, string version, string json) => new(key, version, Encoding.UTF8.GetBytes(json));

    private async Task Write(string version, string json) => await _store.UpsertAsync(s_table, [Record("1", version, json)]);

    private async Task<string?> Found() => await _store.FindAsync(s_table, "1") is { } record ? Encoding.UTF8.GetString(record.Json.Span) : null;

    [Fact]
    public async Task records_are_lines_exactly_as_given_and_sorted_by_key()
    {
        string[] json = Enumerable.Range(0, 200).Select(i => $$"""{ "n": {{i}}.10,  "é": "\u00e9",   "big": 12345678901234567890 }""").ToArray();
        await _store.UpsertAsync(s_table, [.. Enumerable.Range(0, 200).Reverse().Select(i => Record($"k{i:D3}", "1", json[i]))]);
        SortedDictionary<string, string> files = CuratedFiles.Read(_folder.Path);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => Path.Combine("usgs", "earthquakes", $"part-{i:D2}.jsonl")), files.Keys);
        Assert.All(files.Values, file => Assert.EndsWith("\n", file, StringComparison.Ordinal));
        string[][] lines = [.. files.Values.Select(file => file.TrimEnd('\n').Split('\n'))];
        Assert.Equal(json.Order(), lines.SelectMany(line => line).Order());
        Assert.All(lines, part => Assert.Equal(part.OrderBy(line => Array.IndexOf(json, line)), part));
    }

    [Fact]
    public async Task the_same_records_give_the_same_bytes_whatever_their_history()
    {
        var random = new Random(11);
        CuratedRecord[] records = [.. Enumerable.Range(0, 400).Select(i => Record($"{i % 120}", $"{i:D4}", $$"""{"i":{{i}},"pad":"{{new string('x', random.Next(60))}}"}"""))];
        await _store.UpsertAsync(s_table, records);
        using var other = new TemporaryFolder();
        var otherStore = new FolderCuratedStore(other.Path, TimeProvider.System);
        random.Shuffle(records);
        await otherStore.UpsertAsync(s_table, [Record("deleted later", "1", "{}"), Record("0", "0", "{}")]);
        foreach (CuratedRecord[] batch in records.Chunk(37))
            await otherStore.UpsertAsync(s_table, batch);
        await otherStore.DeleteAsync(s_table, ["deleted later"]);
        Assert.Equal(CuratedFiles.Read(_folder.Path), CuratedFiles.Read(other.Path));
    }

    [Fact]
    public async Task a_crash_before_the_manifest_is_replaced_leaves_the_old_record()
    {
        await Write("1", """{"v":1}""");
        using var before = new Snapshot(Manifest, Data);
        await Write("2", """{"v":2}""");
        before.Restore(Manifest);
        before.Restore(Data, File.GetLastWriteTimeUtc);
        Assert.Equal("""{"v":1}""", await Found());
        await Write("2", """{"v":2}""");
        Assert.Equal("""{"v":2}""", await Found());
        Assert.Equal("{\"v\":2}\n", File.ReadAllText(Data));
    }

    [Fact]
    public async Task a_crash_while_curated_files_are_written_is_healed_when_the_folder_is_opened_again()
    {
        await Write("1", """{"v":1}""");
        string manifest = File.ReadAllText(Manifest);
        Assert.Contains("\"settled\":{", manifest);
        await File.WriteAllTextAsync(Manifest, manifest[..manifest.IndexOf("\"settled\":{", StringComparison.Ordinal)] + "\"settled\":null}", TestContext.Current.CancellationToken);
        File.Delete(Data);
        await using (var again = new FolderCuratedStore(_folder.Path, TimeProvider.System))
            Assert.Equal("""{"v":1}""", await Found());
        Assert.Equal("{\"v\":1}\n", File.ReadAllText(Data));
    }

    [Fact]
    public async Task the_files_of_a_large_table_follow_when_nothing_was_written_for_a_second()
    {
        string filler = new('x', 100_000);
        for (int n = 0; n < 60; n++)
            await _store.UpsertAsync(s_table, [Record($"other {n}", "1", $$"""{"filler":"{{filler}}"}""")]);
        await Write("1", """{"v":1}""");
        Assert.False(File.Exists(Data) && File.ReadAllText(Data).Contains("\"v\":1"));
        Assert.Equal("""{"v":1}""", await Found());
        await _store.SettleAsync(TestContext.Current.CancellationToken);
        Assert.Contains("{\"v\":1}", File.ReadAllText(Data));
    }

    [Fact]
    public async Task a_record_that_is_erased_is_in_no_file_any_more()
    {
        for (int batch = 0; batch < 40; batch++)
            await _store.UpsertAsync(s_table, [Record("1", $"{batch:D3}", """{"name":"Jane Roe"}"""), Record("2", $"{batch:D3}", """{"name":"John Doe"}""")]);
        Assert.Equal(1, await _store.DeleteAsync(s_table, ["1", "none"]));
        string all = string.Concat(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.Contains("John Doe", all);
        Assert.DoesNotContain("Jane Roe", all);
    }

    [Fact]
    public async Task curated_files_that_somebody_deletes_are_written_anew()
    {
        await Write("5", """{"v":5}""");
        Directory.Delete(Path.Combine(_folder.Path, "curated"), recursive: true);
        Assert.Null(await Found());
        await Write("4", """{"v":4}""");
        Assert.Equal("""{"v":4}""", await Found());
    }

    [Fact]
    public async Task curated_files_that_somebody_edits_are_told_with_what_to_do()
    {
        await Write("1", """{"v":1}""");
        File.AppendAllText(Data, "{}\n");
        var told = await Assert.ThrowsAsync<InvalidDataException>(() => Write("2", """{"v":2}"""));
        Assert.Contains(Data, told.Message, StringComparison.Ordinal);
        Assert.Contains($"Delete the folder '{Path.GetDirectoryName(Data)}' and replay", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_reader_goes_on_with_what_it_opened_while_others_write()
    {
        CuratedRecord[] Batch(int version) => [.. Enumerable.Range(0, 500).Select(i => Record($"{i}", $"{version}", $$"""{"v":{{version}},"pad":"{{new string('x', version * 5)}}"}"""))];
        await _store.UpsertAsync(s_table, Batch(1));
        int read = 0;
        await foreach (CuratedRecord record in _store.ReadAsync(s_table))
        {
            if (read++ % 100 == 0)
                await _store.UpsertAsync(s_table, Batch(1 + (read / 100)));
            Assert.Contains($"\"v\":{record.Version},", Encoding.UTF8.GetString(record.Json.Span), StringComparison.Ordinal);
        }

        Assert.Equal(500, read);
    }

    private sealed class Snapshot : IDisposable
    {
        private readonly TemporaryFolder _copy = new();

        public Snapshot(params string[] files)
        {
            foreach (string file in files)
                File.Copy(file, Copy(file));
        }

        public void Restore(string file) => File.Copy(Copy(file), file, overwrite: true);

        public void Restore(string file, Func<string, DateTime> modified)
        {
            DateTime before = modified(Copy(file));
            Restore(file);
            File.SetLastWriteTimeUtc(file, before);
        }

        public void Dispose() => _copy.Dispose();

        private string Copy(string file) => Path.Combine(_copy.Path, Path.GetFileName(file));
    }
}
