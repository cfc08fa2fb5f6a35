using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;

namespace Penstock.Testing.Compliance;

/// <summary>What every <see cref="ICuratedStore"/> promises of histories and deletions: rows are a function of the set of versions.</summary>
public abstract class CuratedHistoryCompliance
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _name = $"h_{new CryptoIdSource().Next()}";

    protected abstract ICuratedStore Store { get; }

    /// <summary>How many random orders are tried; fewer where each call is slow.</summary>
    protected virtual int Orders => 25;

    private CuratedTable Latest => new("compliance", _name);

    private CuratedTable KeepsDeleted => Latest with { KeepsDeleted = true };

    private CuratedTable Scd2 => Latest with { History = HistoryMode.Scd2 };

    private CuratedTable Append => Latest with { History = HistoryMode.Append };

    // A record that changed at a second, and was seen then or at the second that is given.
    private static CuratedRecord Version(string key, int second, string value, int? seen = null) =>
        new(key, At(second, seen ?? second), Encoding.UTF8.GetBytes($$"""{"id":"{{key}}","v":"{{value}}"}"""));

    private static CuratedRecord Deletion(string key, int second) => new(key, At(second, second), default) { IsDeletion = true };

    private static string At(int second, int seen) => CuratedVersion.Of($"t{Start.AddSeconds(second).UtcTicks:D19}", $"{Start.AddSeconds(seen).UtcTicks:D19}~1");

    private static string Time(int second) => Start.AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    // A row as "value from..to": seconds; nothing after the dots while it is valid.
    private async Task<string[]> RowsAsync(CuratedTable table, string key = "1")
    {
        var rows = new List<string>();
        await foreach (CuratedRecord row in Store.ReadAsync(table))
        {
            if (row.Key != key)
                continue;
            using var json = JsonDocument.Parse(row.Json);
            string value = json.RootElement.GetProperty("v").GetString()!;
            if (json.RootElement.TryGetProperty("valid_from", out JsonElement from))
            {
                JsonElement to = json.RootElement.GetProperty("valid_to");
                Assert.Equal(to.ValueKind == JsonValueKind.Null, json.RootElement.GetProperty("is_current").GetBoolean());
                value += $" {(from.GetDateTimeOffset() - Start).TotalSeconds}..{(to.ValueKind == JsonValueKind.Null ? "" : (to.GetDateTimeOffset() - Start).TotalSeconds)}";
            }

            if (json.RootElement.TryGetProperty("is_deleted", out JsonElement deleted))
                value += deleted.GetBoolean() ? " deleted" : "";
            rows.Add(value);
        }

        // The numbers of the validity, where there is one, order the rows.
        return [.. rows.OrderBy(row => row.Contains("..") ? double.Parse(row.Split(' ')[1].Split("..")[0]) : 0)];
    }

    [Fact]
    public async Task scd2_has_a_row_for_each_change()
    {
        await Store.UpsertAsync(Scd2, [Version("1", 10, "a"), Version("1", 20, "b"), Version("2", 5, "x")]);
        Assert.Equal(["a 10..20", "b 20.."], await RowsAsync(Scd2));
        Assert.Equal(["x 5.."], await RowsAsync(Scd2, "2"));
    }

    [Fact]
    public async Task a_key_may_have_more_versions_than_a_document_of_the_store_holds()
    {
        const int Length = 280_000;
        var random = new Random(3);
        CuratedRecord[] versions = [.. Enumerable.Range(1, 12).Select(second => Version("1", second, random.GetString("abcdefghijklmnopqrstuvwxyz0123456789", Length)))];
        foreach (CuratedRecord[] batch in versions.Chunk(4))
            await Store.UpsertAsync(Scd2, batch);
        await Store.UpsertAsync(Scd2, [versions[5]]);
        string[] rows = await RowsAsync(Scd2);
        Assert.Equal(Enumerable.Range(1, 12).Select(second => second < 12 ? $"{second}..{second + 1}" : "12.."), rows.Select(row => row[(Length + 1)..]));
        Assert.Contains("\"valid_to\":null", Encoding.UTF8.GetString((await Store.FindAsync(Scd2, "1"))!.Json.Span).Replace(" ", ""), StringComparison.Ordinal);
        Assert.Equal(1, await Store.DeleteAsync(Scd2, ["1"]));
        Assert.Empty(await RowsAsync(Scd2));
        await Store.UpsertAsync(Scd2, [Version("1", 20, "again")]);
        Assert.Equal(["again 20.."], await RowsAsync(Scd2));
    }

    [Fact]
    public async Task a_row_has_its_validity_after_the_records_own_members()
    {
        await Store.UpsertAsync(Scd2, [Version("1", 10, "a"), Version("1", 20, "b")]);
        string[] rows = await Store.ReadAsync(Scd2).Select(row => Encoding.UTF8.GetString(row.Json.Span)).OrderBy(row => row.Contains("\"v\":\"b\"")).ToArrayAsync();
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""{"id":"1","v":"a","valid_from":"{{Time(10)}}","valid_to":"{{Time(20)}}","is_current":false}"""), JsonNode.Parse(rows[0])), rows[0]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""{"id":"1","v":"b","valid_from":"{{Time(20)}}","valid_to":null,"is_current":true}"""), JsonNode.Parse(rows[1])), rows[1]);
    }

    [Fact]
    public async Task a_version_that_comes_late_takes_its_place()
    {
        await Store.UpsertAsync(Scd2, [Version("1", 10, "a")]);
        await Store.UpsertAsync(Scd2, [Version("1", 30, "c")]);
        await Store.UpsertAsync(Scd2, [Version("1", 20, "b")]);
        Assert.Equal(["a 10..20", "b 20..30", "c 30.."], await RowsAsync(Scd2));
        await Store.UpsertAsync(Scd2, [Version("1", 5, "zero")]);
        Assert.Equal(["zero 5..10", "a 10..20", "b 20..30", "c 30.."], await RowsAsync(Scd2));
    }

    [Fact]
    public async Task a_version_that_says_what_the_one_before_said_is_no_change_until_another_comes_between_them()
    {
        await Store.UpsertAsync(Scd2, [Version("1", 10, "a"), Version("1", 30, "a")]);
        Assert.Equal(["a 10.."], await RowsAsync(Scd2));
        await Store.UpsertAsync(Scd2, [Version("1", 20, "b")]);
        Assert.Equal(["a 10..20", "b 20..30", "a 30.."], await RowsAsync(Scd2));
    }

    [Fact]
    public async Task a_version_that_is_seen_again_is_one_row_and_what_was_seen_last_counts()
    {
        await Store.UpsertAsync(Scd2, [Version("1", 10, "a", seen: 12)]);
        await Store.UpsertAsync(Scd2, [Version("1", 10, "a", seen: 15)]);
        Assert.Equal(["a 10.."], await RowsAsync(Scd2));
        await Store.UpsertAsync(Scd2, [Version("1", 10, "corrected", seen: 18)]);
        Assert.Equal(["corrected 10.."], await RowsAsync(Scd2));
        await Store.UpsertAsync(Scd2, [Version("1", 10, "superseded", seen: 17)]);
        Assert.Equal(["corrected 10.."], await RowsAsync(Scd2));
    }

    [Fact]
    public async Task a_deletion_closes_the_row_and_a_later_version_opens_another()
    {
        await Store.UpsertAsync(Scd2, [Version("1", 10, "a"), Deletion("1", 20)]);
        Assert.Equal(["a 10..20"], await RowsAsync(Scd2));
        Assert.Null(await Store.FindAsync(Scd2, "1"));
        await Store.UpsertAsync(Scd2, [Version("1", 40, "a")]);
        Assert.Equal(["a 10..20", "a 40.."], await RowsAsync(Scd2));
        await Store.UpsertAsync(Scd2, [Version("1", 15, "b")]);
        Assert.Equal(["a 10..15", "b 15..20", "a 40.."], await RowsAsync(Scd2));
        Assert.Contains("\"a\"", Encoding.UTF8.GetString((await Store.FindAsync(Scd2, "1"))!.Json.Span));
    }

    [Fact]
    public async Task what_is_deleted_stays_deleted_whatever_older_comes_late()
    {
        await Store.UpsertAsync(Latest, [Deletion("1", 20), Version("2", 1, "x")]);
        await Store.UpsertAsync(Latest, [Version("1", 10, "a")]);
        Assert.Null(await Store.FindAsync(Latest, "1"));
        Assert.Empty(await RowsAsync(Latest));
        await Store.UpsertAsync(Latest, [Version("1", 30, "c")]);
        Assert.Equal(["c"], await RowsAsync(Latest));
        await Store.UpsertAsync(Latest, [Deletion("1", 25)]);
        Assert.Equal(["c"], await RowsAsync(Latest));
        await Store.UpsertAsync(Latest, [Deletion("1", 31)]);
        Assert.Empty(await RowsAsync(Latest));
    }

    [Fact]
    public async Task a_table_that_keeps_what_is_deleted_marks_it_with_the_last_record()
    {
        await Store.UpsertAsync(KeepsDeleted, [Deletion("1", 20), Version("2", 1, "x"), Deletion("3", 1)]);
        Assert.Empty(await RowsAsync(KeepsDeleted));
        await Store.UpsertAsync(KeepsDeleted, [Version("1", 10, "a")]);
        Assert.Equal(["a deleted"], await RowsAsync(KeepsDeleted));
        await Store.UpsertAsync(KeepsDeleted, [Version("1", 15, "b")]);
        Assert.Equal(["b deleted"], await RowsAsync(KeepsDeleted));
        await Store.UpsertAsync(KeepsDeleted, [Version("1", 30, "c")]);
        Assert.Equal(["c"], await RowsAsync(KeepsDeleted));
        Assert.Equal(["x"], await RowsAsync(KeepsDeleted, "2"));
        Assert.Empty(await RowsAsync(KeepsDeleted, "3"));
    }

    [Fact]
    public async Task append_keeps_each_different_record_of_a_version_once()
    {
        await Store.UpsertAsync(Append, [Version("1", 10, "a"), Version("1", 20, "b")]);
        await Store.UpsertAsync(Append, [Version("1", 20, "b", seen: 25), Version("1", 20, "c", seen: 26), Version("1", 30, "a")]);
        Assert.Equal(["a", "a", "b", "c"], (await RowsAsync(Append)).Order());
        Assert.Equal(1, await Store.DeleteAsync(Append, ["1"]));
        Assert.Empty(await RowsAsync(Append));
    }

    [Fact]
    public async Task records_that_come_together_go_together()
    {
        static CuratedRecord Items(int second, params string[] items) =>
            new("1", At(second, second), Encoding.UTF8.GetBytes(string.Join('\n', items.Select(item => $$"""{"v":"{{item}}"}"""))));

        await Store.UpsertAsync(Latest with { IsExploded = true }, [Items(10, "a", "b", "c")]);
        Assert.Equal(["a", "b", "c"], (await RowsAsync(Latest)).Order());
        await Store.UpsertAsync(Latest with { IsExploded = true }, [Items(20, "b", "d")]);
        await Store.UpsertAsync(Latest with { IsExploded = true }, [Items(15, "late", "later")]);
        Assert.Equal(["b", "d"], (await RowsAsync(Latest)).Order());
        await Store.UpsertAsync(Latest with { IsExploded = true }, [Items(30)]);
        Assert.Empty(await RowsAsync(Latest));
        await Store.UpsertAsync(Latest with { IsExploded = true }, [Items(40, "e")]);
        Assert.Equal(["e"], await RowsAsync(Latest));
    }

    [Fact]
    public async Task records_that_come_together_have_one_validity()
    {
        static CuratedRecord Items(int second, params string[] items) =>
            new("1", At(second, second), Encoding.UTF8.GetBytes(string.Join('\n', items.Select(item => $$"""{"v":"{{item}}"}"""))));

        await Store.UpsertAsync(Scd2 with { IsExploded = true }, [Items(10, "a", "b"), Items(30)]);
        await Store.UpsertAsync(Scd2 with { IsExploded = true }, [Items(20, "b")]);
        Assert.Equal(["a 10..20", "b 10..20", "b 20..30"], (await RowsAsync(Scd2)).Order());
    }

    [Fact]
    public async Task a_table_is_not_written_with_two_histories()
    {
        await Store.UpsertAsync(Scd2, [Version("1", 10, "a")]);
        var told = await Assert.ThrowsAsync<InvalidDataException>(async () => await Store.UpsertAsync(Latest, [Version("1", 20, "b")]));
        Assert.Contains("history: scd2", told.Message);
    }

    [Theory]
    [InlineData(HistoryMode.Latest, false)]
    [InlineData(HistoryMode.Latest, true)]
    [InlineData(HistoryMode.Append, false)]
    [InlineData(HistoryMode.Scd2, false)]
    public async Task any_order_any_repetition_and_any_batches_give_the_same_rows(HistoryMode history, bool keepsDeleted)
    {
        var random = new Random(29);
        CuratedRecord[] set = [.. Enumerable.Range(0, 60).Select(_ => Random(random, history)).DistinctBy(record => (record.Key, record.Version))];
        string[]? expected = null;
        for (int order = 0; order < Orders; order++)
        {
            CuratedTable table = new("compliance", $"{_name}-{order}") { History = history, KeepsDeleted = keepsDeleted };
            CuratedRecord[] written = [.. set, .. set.Where(_ => random.Next(3) == 0)];
            random.Shuffle(written);
            foreach (CuratedRecord[] batch in written.Chunk(random.Next(1, 25)))
                await Store.UpsertAsync(table, batch);
            string[] rows = await Store.ReadAsync(table).Select(row => Text(row.Json)).Order(StringComparer.Ordinal).ToArrayAsync();
            expected ??= rows;
            Assert.Equal(expected, rows);
        }

        Assert.NotEmpty(expected!);
    }

    [Fact]
    public async Task writers_at_the_same_time_give_the_rows_of_one_after_the_other()
    {
        CuratedRecord[] set = [.. Enumerable.Range(0, 48).Select(n => n % 11 == 10 ? Deletion($"{n % 3}", n) : Version($"{n % 3}", n, $"{n / 6}"))];
        await Store.UpsertAsync(Scd2 with { Stream = _name + "-one" }, set);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            foreach (CuratedRecord[] batch in set.Where((_, n) => n % 6 == writer || n % 6 == (writer + 1) % 6).Reverse().Chunk(5))
                await Store.UpsertAsync(Scd2, batch);
        })));
        for (int key = 0; key < 3; key++)
            Assert.Equal(await RowsAsync(Scd2 with { Stream = _name + "-one" }, $"{key}"), await RowsAsync(Scd2, $"{key}"));
    }

    // Members in one order: a store may have its own.
    private static string Text(ReadOnlyMemory<byte> json) =>
        string.Join(',', JsonNode.Parse(json.Span)!.AsObject().OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{member.Value?.ToJsonString()}"));

    private static CuratedRecord Random(Random random, HistoryMode history)
    {
        string key = $"{random.Next(4)}";
        int second = random.Next(12);
        return history != HistoryMode.Append && random.Next(6) == 0
            ? Deletion(key, second) with { Version = At(second, second + random.Next(3)) }
            : Version(key, second, $"{random.Next(3)}", second + random.Next(3));
    }
}
