using System.Globalization;
using System.Text;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Transforming;

/// <summary>Histories and deletions from what is received to what is curated.</summary>
public class HistoryTests
{
    [Fact]
    public async Task changes_of_a_table_become_rows_with_their_validity_and_its_deletions_close_them()
    {
        var world = World(new() { Name = "orders", Key = ["id"], Envelope = EnvelopeKind.Debezium, History = new(HistoryMode.Scd2) });
        await ReceiveAsync(world, 9, Change("u", 20, 200, """{"id":1,"status":"paid"}"""));
        await ReceiveAsync(world, 8, Change("c", 10, 100, """{"id":1,"status":"open"}"""), Change("c", 11, 100, """{"id":2,"status":"open"}"""));
        await ReceiveAsync(world, 7, Change("d", 30, 300, """{"id":1}"""));
        await world.WorkAsync();
        Assert.Equal(
        [
            """{"id":1,"status":"open","valid_from":"1970-01-01T00:01:40Z","valid_to":"1970-01-01T00:03:20Z","is_current":false}""",
            """{"id":1,"status":"paid","valid_from":"1970-01-01T00:03:20Z","valid_to":"1970-01-01T00:05:00Z","is_current":false}""",
            """{"id":2,"status":"open","valid_from":"1970-01-01T00:01:40Z","valid_to":null,"is_current":true}""",
        ], await RowsAsync(world));
    }

    [Fact]
    public async Task a_record_that_says_it_is_gone_is_removed_and_older_ones_do_not_bring_it_back()
    {
        var world = World(new() { Name = "orders", Key = ["id"], Version = "v", Deletes = new("{{ record.gone }}") });
        await ReceiveAsync(world, 1, """{"id":1,"v":3,"gone":true}""", """{"id":2,"v":1,"gone":false}""");
        await ReceiveAsync(world, 2, """{"id":1,"v":2,"gone":false}""");
        await world.WorkAsync();
        Assert.Equal(["""{"id":2,"v":1,"gone":false}"""], await RowsAsync(world));
    }

    [Fact]
    public async Task a_deleted_record_may_stay_and_be_marked()
    {
        var world = World(new() { Name = "orders", Key = ["id"], Envelope = EnvelopeKind.Debezium, Deletes = new(null, Flags: true) });
        await ReceiveAsync(world, 1, Change("d", 30, 300, """{"id":1}"""));
        await ReceiveAsync(world, 2, Change("c", 10, 100, """{"id":1,"status":"open"}"""), Change("c", 11, 100, """{"id":2,"status":"open"}"""));
        await world.WorkAsync();
        Assert.Equal(["""{"id":1,"status":"open","is_deleted":true}""", """{"id":2,"status":"open","is_deleted":false}"""], await RowsAsync(world));
    }

    [Fact]
    public async Task an_append_table_has_its_deletions_as_rows()
    {
        var world = World(new() { Name = "orders", Key = ["id"], Envelope = EnvelopeKind.Debezium, History = new(HistoryMode.Append) });
        string created = Change("c", 10, 100, """{"id":1,"status":"open"}""");
        await ReceiveAsync(world, 1, created, Change("d", 30, 300, """{"id":1}"""));
        await ReceiveAsync(world, 2, created);
        await world.WorkAsync();
        Assert.Equal(["""{"id":1,"is_deleted":true}""", """{"id":1,"status":"open","is_deleted":false}"""], await RowsAsync(world));
    }

    [Fact]
    public async Task a_record_with_a_column_of_the_history_is_set_aside()
    {
        var world = World(new() { Name = "orders", Key = ["id"], History = new(HistoryMode.Scd2) });
        string blob = await ReceiveAsync(world, 1, """{"id":1,"is_current":true}""", """{"id":2,"note":"\"is_current\":"}""");
        await world.WorkAsync();
        Assert.Single(await RowsAsync(world));
        var entry = Assert.IsType<BlobCurated>(await world.Get<TransformStage>().RunAsync(new TransformMessage("sample", "orders", blob))).Entry;
        Assert.Equal((2, 1, 1), (entry.Read, entry.Curated, entry.Quarantined));
    }

    [Theory]
    [InlineData(HistoryMode.Latest, false)]
    [InlineData(HistoryMode.Latest, true)]
    [InlineData(HistoryMode.Append, false)]
    [InlineData(HistoryMode.Scd2, false)]
    public async Task curated_from_replay_is_curated_from_live_in_any_order_and_every_line_is_counted(HistoryMode history, bool flags)
    {
        var random = new Random(41);
        string[][] batches = [.. Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, random.Next(1, 12)).Select(_ => Fuzzed(random)).ToArray())];
        string[]? expected = null;
        for (int order = 0; order < 6; order++)
        {
            var world = World(new() { Name = "orders", Key = ["id"], Envelope = EnvelopeKind.Auto, History = new(history), Deletes = new("{{ record.gone }}", flags) });
            int[] live = [.. Enumerable.Range(0, batches.Length)];
            random.Shuffle(live);
            foreach (int batch in live.Concat(live.Where(_ => random.Next(3) == 0)))
            {
                await ReceiveAsync(world, batch, batches[batch]);
                if (random.Next(2) == 0)
                    await world.WorkAsync();
            }

            await world.WorkAsync();
            string[] rows = await RowsAsync(world);
            expected ??= rows;
            Assert.Equal(expected, rows);
            Assert.Equal(expected, await ReplayedAsync(world, history, random));
        }

        Assert.NotEmpty(expected!);
    }

    private static async Task<string[]> ReplayedAsync(PenstockWorld world, HistoryMode history, Random random)
    {
        var table = new CuratedTable("sample", "orders") { History = history };
        await world.Stores.Curated.DeleteAsync(table, [.. Enumerable.Range(0, 6).Select(id => $"{id}")]);
        Assert.Empty(await RowsAsync(world));
        BlobEntry[] blobs = await world.Stores.Blobs.ListAsync("raw/sample/orders/").ToArrayAsync();
        random.Shuffle(blobs);
        foreach (BlobEntry blob in blobs)
        {
            var done = Assert.IsType<BlobCurated>(await world.Get<TransformStage>().RunAsync(new TransformMessage("sample", "orders", blob.Name, Replay: "again")));
            Assert.True(done.Entry.Balances);
        }

        return await RowsAsync(world);
    }

    // A row, a change, a deletion, or something that is none of them.
    private static string Fuzzed(Random random)
    {
        int id = random.Next(6), at = random.Next(1, 9);
        string row = $$"""{"id":{{id}},"value":{{random.Next(3)}},"gone":{{(random.Next(6) == 0 ? "true" : "false")}}}""";
        return random.Next(8) switch
        {
            0 => Change("d", at, at * 100, $$"""{"id":{{id}}}"""),
            1 => row,
            2 => $$"""{"value":{{at}}}""",
            3 => random.Next(2) == 0 ? row[..random.Next(row.Length)] : "[" + row + "]",
            _ => Change("u", at, at * 100, row),
        };
    }

    private static string Change(string op, int lsn, int second, string row) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"before":{{(op == "d" ? row : "null")}},"after":{{(op == "d" ? "null" : row)}},"source":{"connector":"postgresql","lsn":{{lsn}},"ts_ms":{{second * 1000}}},"op":"{{op}}"}""");

    private static PenstockWorld World(PipelineStream stream)
    {
        var world = new PenstockWorld();
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Streams = [stream with { Reception = new Reception("orders", null) }] };
        return world;
    }

    private static async Task<string> ReceiveAsync(PenstockWorld world, int second, params string[] records)
    {
        var batch = new ReceivedBatch(
            "sample", "orders", "webhook", new DateTimeOffset(2026, 1, 1, 0, 0, second, TimeSpan.Zero),
            [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))]);
        return Assert.IsType<BatchLanded>(await world.Get<ReceiveStage>().RunAsync(batch)).Blob!;
    }

    private static async Task<string[]> RowsAsync(PenstockWorld world) =>
        await world.Stores.Curated.ReadAsync(new CuratedTable("sample", "orders")).Select(row => Encoding.UTF8.GetString(row.Json.Span)).Order(StringComparer.Ordinal).ToArrayAsync();
}
