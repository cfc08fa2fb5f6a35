using System.Text;
using Penstock.Pipelines.Folders;
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

    private string Versions => Path.Combine(_folder.Path, ".penstock", "versions", "usgs", "earthquakes", "part-12");

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
    public async Task a_record_over_several_lines_becomes_one()
    {
        await Write("1", "{\r\n  \"a\": 1,\n  \"b\": \"x\\ny\"\n}");
        Assert.Equal("{    \"a\": 1,   \"b\": \"x\\ny\" }\n", File.ReadAllText(Data));
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
    public async Task a_crash_before_the_data_is_replaced_leaves_the_old_record()
    {
        await Write("1", """{"v":1}""");
        using var before = new Snapshot(Data, Versions);
        await Write("2", """{"v":2}""");
        File.Copy(Versions, Versions + ".next");
        before.Restore(Data);
        before.Restore(Versions);
        Assert.Equal("""{"v":1}""", await Found());
        Assert.False(File.Exists(Versions + ".next"));
        await Write("2", """{"v":2}""");
        Assert.Equal("""{"v":2}""", await Found());
    }

    [Fact]
    public async Task a_crash_between_data_and_versions_leaves_the_new_record_with_its_version()
    {
        await Write("1", """{"v":1}""");
        using var before = new Snapshot(Data, Versions);
        await Write("2", """{"v":2}""");
        File.Copy(Versions, Versions + ".next");
        before.Restore(Versions);
        Assert.Equal(new UpsertCounts(0, 1), await _store.UpsertAsync(s_table, [Record("1", "1", """{"v":1}""")]));
        Assert.Equal("""{"v":2}""", await Found());
        Assert.Equal(new UpsertCounts(1, 0), await _store.UpsertAsync(s_table, [Record("1", "2", """{"v":2}""")]));
    }

    [Fact]
    public async Task a_crash_in_the_very_first_write_leaves_nothing_and_is_healed_by_the_next()
    {
        await Write("1", """{"v":1}""");
        File.Move(Versions, Versions + ".next");
        File.Delete(Data);
        Assert.Null(await Found());
        await Write("1", """{"v":1}""");
        Assert.Equal("""{"v":1}""", await Found());
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

        public void Dispose() => _copy.Dispose();

        private string Copy(string file) => Path.Combine(_copy.Path, Path.GetFileName(file));
    }
}
