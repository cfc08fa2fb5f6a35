using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;

namespace Penstock.Testing.Compliance;

/// <summary>What every <see cref="ICuratedStore"/> promises. Each test has a table of its own.</summary>
public abstract class CuratedStoreCompliance
{
    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 256 };
    private readonly CuratedTable _table = new("compliance", $"t_{new CryptoIdSource().Next()}");

    protected abstract ICuratedStore Store { get; }

    private static CuratedRecord Record(string key, string version, string json) => new(key, version, Encoding.UTF8.GetBytes(json));

    private static CuratedRecord Record(string key, int version) => Record(key, $"{version:D4}", JsonSerializer.Serialize(new { key, version }));

    private async Task Upsert(params CuratedRecord[] records)
    {
        UpsertCounts counts = await Store.UpsertAsync(_table, records);
        Assert.Equal(records.Length, counts.Written + counts.Stale);
    }

    private async Task Holds(CuratedRecord expected)
    {
        CuratedRecord found = Assert.IsType<CuratedRecord>(await Store.FindAsync(_table, expected.Key));
        Same(expected, found);
    }

    private static void Same(CuratedRecord expected, CuratedRecord actual)
    {
        Assert.Equal((expected.Key, expected.Version), (actual.Key, actual.Version));
        using var wanted = JsonDocument.Parse(expected.Json, s_deep);
        using var got = JsonDocument.Parse(actual.Json, s_deep);
        Assert.True(JsonElement.DeepEquals(wanted.RootElement, got.RootElement), $"expected {wanted.RootElement}, got {got.RootElement}");
    }

    private async Task<string[]> Keys() => await Store.ReadAsync(_table).Select(record => record.Key).Order(StringComparer.Ordinal).ToArrayAsync();

    [Fact]
    public async Task a_record_is_found_as_it_was_written()
    {
        CuratedRecord record = Record("1", "2026-01-01T00:00:00Z", """{"id":1,"name":"Zoë 🧀","amount":1.5,"none":null,"tags":["a",{"b":[]}],"nested":{"x":{"y":true}},"empty":{},"big":9007199254740991}""");
        await Upsert(record);
        await Holds(record);
        Same(record, await Store.ReadAsync(_table).SingleAsync());
    }

    [Fact]
    public async Task a_table_that_nobody_wrote_to_is_empty()
    {
        Assert.Null(await Store.FindAsync(_table, "1"));
        Assert.Empty(await Keys());
        Assert.Equal(0, await Store.DeleteAsync(_table, ["1"]));
        await Upsert();
    }

    [Fact]
    public async Task an_older_version_never_overwrites_a_newer_one()
    {
        await Upsert(Record("1", 5));
        await Upsert(Record("1", 4));
        await Holds(Record("1", 5));
        await Upsert(Record("1", 6));
        await Holds(Record("1", 6));
    }

    [Fact]
    public async Task an_equal_version_is_written_again()
    {
        await Upsert(Record("1", "7", """{"a":1}"""));
        await Upsert(Record("1", "7", """{"a":2}"""));
        await Holds(Record("1", "7", """{"a":2}"""));
    }

    [Fact]
    public async Task versions_are_compared_ordinally()
    {
        await Upsert(Record("1", "b", "{}"));
        await Upsert(Record("1", "B", "{}"));
        await Upsert(Record("1", "10", "{}"));
        await Upsert(Record("1", "bb", "{}"));
        await Upsert(Record("1", "é", "{}"));
        await Upsert(Record("1", "", "{}"));
    }

    [Fact]
    public async Task repeated_keys_of_a_batch_act_one_after_the_other()
    {
        await Upsert(Record("1", 1), Record("2", 1), Record("1", 3), Record("1", 2), Record("1", "0003", """{"last":true}"""));
        await Holds(Record("1", "0003", """{"last":true}"""));
        await Holds(Record("2", 1));
    }

    [Fact]
    public async Task writing_a_batch_again_changes_nothing()
    {
        CuratedRecord[] batch = [Record("1", 1), Record("2", 2), Record("1", 3)];
        await Upsert(batch);
        await Upsert(batch);
        await Holds(Record("1", 3));
        await Holds(Record("2", 2));
        Assert.Equal(["1", "2"], await Keys());
    }

    [Fact]
    public async Task batches_in_any_order_end_the_same()
    {
        CuratedRecord[] records = Enumerable.Range(0, 40).Select(i => Record($"{i % 10}", i)).ToArray();
        new Random(3).Shuffle(records);
        foreach (CuratedRecord[] batch in records.Chunk(7))
            await Upsert(batch);
        for (int key = 0; key < 10; key++)
            await Holds(Record($"{key}", 30 + key));
    }

    [Fact]
    public async Task concurrent_batches_leave_the_newest_of_each_key()
    {
        const int Writers = 6, KeyCount = 12;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            int[] versions = Enumerable.Range(0, 5).Select(i => (i * Writers) + writer).ToArray();
            new Random(writer).Shuffle(versions);
            foreach (int version in versions)
                await Upsert(Enumerable.Range(0, KeyCount).Select(key => Record($"{key}", version)).ToArray());
        })));
        for (int key = 0; key < KeyCount; key++)
            await Holds(Record($"{key}", (5 * Writers) - 1));
        Assert.Equal(KeyCount, (await Keys()).Length);
    }

    [Fact]
    public async Task keys_may_have_any_characters()
    {
        string[] keys =
        [
            "a/b", "a\\b", "a?b", "a#b", "a b", " ", "a%2fb", "..", ".", "/", "ä", "日本語", "🧀", "A", "a", "a\nb", "a\tb", "\"quoted\"", "{\"json\":1}", "a|b", "a~b", "-", "_",
            new string('x', 1000), new string('ü', 1000),
        ];
        await Upsert(keys.Select(key => Record(key, 1)).ToArray());
        foreach (string key in keys)
            await Holds(Record(key, 1));
        Assert.Equal(keys.Order(StringComparer.Ordinal), await Keys());
        Assert.Equal(keys.Length, await Store.DeleteAsync(_table, keys));
        Assert.Empty(await Keys());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task a_key_that_does_not_fit_is_refused_and_nothing_of_its_batch_is_written(int length)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Upsert(Record("fits", 1), Record(new string('x', length), 1)));
        Assert.Empty(await Keys());
    }

    [Fact]
    public async Task a_field_may_be_named_like_the_stores_own()
    {
        CuratedRecord record = Record("1", "1", """{"id":"theirs","key":2,"version":{"a":1},"_etag":"x","_rid":"y","_ts":5,"_self":"s","_attachments":[],"ttl":7,"pk":"p","_penstock":"q","json":"{}"}""");
        await Upsert(record);
        await Holds(record);
        Same(record, await Store.ReadAsync(_table).SingleAsync());
    }

    [Fact]
    public async Task a_deleted_record_is_gone_until_it_is_written_again()
    {
        await Upsert(Record("1", 5), Record("2", 5), Record("3", 5));
        Assert.Equal(2, await Store.DeleteAsync(_table, ["1", "3", "none", "1"]));
        Assert.Null(await Store.FindAsync(_table, "1"));
        Assert.Equal(["2"], await Keys());
        await Upsert(Record("1", 4));
        await Holds(Record("1", 4));
    }

    [Fact]
    public async Task tables_are_apart()
    {
        var other = new CuratedTable(_table.Pipeline + "2", _table.Stream);
        await Upsert(Record("1", 1));
        await Store.UpsertAsync(other, [Record("1", 2)]);
        await Holds(Record("1", 1));
        Assert.Equal(1, await Store.DeleteAsync(other, ["1"]));
        Assert.Empty(await Store.ReadAsync(other).ToListAsync());
        await Holds(Record("1", 1));
    }

    [Fact]
    public async Task a_table_may_have_any_name()
    {
        var table = new CuratedTable("Ärzte/Orte #1", $"Größe? \\ {_table.Stream}");
        await Store.UpsertAsync(table, [Record("1", 1)]);
        Same(Record("1", 1), (await Store.FindAsync(table, "1"))!);
    }

    [Fact]
    public async Task a_thousand_records_are_read_each_once()
    {
        CuratedRecord[] records = Enumerable.Range(0, 1000).Select(i => Record($"key-{i}", i)).ToArray();
        foreach (CuratedRecord[] batch in records.Chunk(250))
            await Upsert(batch);
        Assert.Equal(records.Select(record => record.Key).Order(StringComparer.Ordinal), await Keys());
    }

    [Fact]
    public async Task a_record_of_a_megabyte_fits()
    {
        CuratedRecord record = Record("1", "1", JsonSerializer.Serialize(new { text = new string('x', 1_000_000) }));
        await Upsert(record);
        await Holds(record);
    }

    [Fact]
    public async Task a_record_nested_a_hundred_levels_deep_fits()
    {
        CuratedRecord record = Record("1", "1", string.Concat(Enumerable.Repeat("""{"a":[""", 50)) + "1" + string.Concat(Enumerable.Repeat("]}", 50)));
        await Upsert(record);
        await Upsert(record);
        await Holds(record);
        Same(record, await Store.ReadAsync(_table).SingleAsync());
    }

    [Fact]
    public async Task a_buffer_may_be_used_again_once_it_is_written()
    {
        byte[] buffer = """{"a":1}"""u8.ToArray();
        await Upsert(new CuratedRecord("1", "1", buffer));
        buffer.AsSpan().Fill((byte)' ');
        await Holds(Record("1", "1", """{"a":1}"""));
    }
}
