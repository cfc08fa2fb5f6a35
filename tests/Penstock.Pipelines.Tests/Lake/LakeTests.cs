using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Lake;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Retention;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Tests.Definitions;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Lake;

/// <summary>Lake files, from what is received to what a reader finds in them.</summary>
public class LakeTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 9, 30, 0, TimeSpan.Zero);
    private static readonly PipelineStream Orders = new()
    {
        Name = "orders", Key = ["id"], Version = "v", Reception = new("orders", null), Outputs = new(Table: true, LakePartition.Day),
    };

    private readonly PenstockWorld _world = new();

    [Fact]
    public async Task each_record_is_a_row_with_its_key_and_version_in_the_file_of_its_raw_blob()
    {
        Use(Orders);
        await ReceiveAsync(0, """{"id":"a","v":1,"n":1.50}""", """{ "id" : "b" , "v" : 2 }""");
        await _world.WorkAsync();
        string file = Assert.Single(await FilesAsync());
        Assert.Matches("^lake/sample/orders/date=2026-01-31/20260131093000000-[0-9a-f]{16}\\.jsonl\\.gz$", file);
        Assert.Equal(Start, LakeNames.TakenAt(file));
        List<string> rows = await RowsAsync();
        Assert.StartsWith("""{"id":"a","v":1,"n":1.50,"_penstock":{"key":"a","version":"n""", rows[0], StringComparison.Ordinal);
        Assert.EndsWith(""","valid_from":"2026-01-31T09:30:00.0000000Z","deleted":false,"line":1}}""", rows[0], StringComparison.Ordinal);
        Assert.Equal("b", JsonNode.Parse(rows[1])!["_penstock"]!["key"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(LakePartition.Day, "date=2026-01-31/")]
    [InlineData(LakePartition.Hour, "date=2026-01-31/hour=09/")]
    [InlineData(LakePartition.Month, "month=2026-01/")]
    public async Task files_lie_in_folders_by_time(LakePartition partition, string folder)
    {
        Use(Orders with { Outputs = new(Lake: partition) });
        await ReceiveAsync(0, """{"id":"a","v":1}""");
        await _world.WorkAsync();
        Assert.StartsWith($"lake/sample/orders/{folder}20260131093000000-", Assert.Single(await FilesAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_replay_writes_the_same_file_and_a_changed_mask_leaves_nothing_of_before()
    {
        Use(Orders);
        await ReceiveAsync(0, """{"id":"a","v":1,"name":"Ada Lovelace"}""", """{"id":"b","v":1,"name":"Bob"}""");
        await _world.WorkAsync();
        byte[] before = await BytesAsync();
        await ReplayAsync();
        Assert.Equal(before, await BytesAsync());
        Use(Orders with { Mask = new StreamMask([new PathMask("name", new RedactValue())], MaskKeyVersions.Default) });
        await ReplayAsync();
        Assert.DoesNotContain(await EveryByte.FindAsync(_world.Stores, [new("sample", "orders")], "Ada Lovelace"), place => place.StartsWith("lake/", StringComparison.Ordinal));
        Assert.Equal(2, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task a_deletion_is_a_row_without_the_record()
    {
        Use(Orders with { Deletes = new("{{ record.gone }}") });
        await ReceiveAsync(0, """{"id":"a","v":1,"gone":false}""", """{"id":"a","v":2,"gone":true,"name":"Ada"}""");
        await _world.WorkAsync();
        Assert.Empty(await LatestAsync());
        Assert.StartsWith("""{"_penstock":{"key":"a",""", (await RowsAsync())[1], StringComparison.Ordinal);
        Assert.Contains("\"deleted\":true", (await RowsAsync())[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_items_of_a_list_come_and_go_with_their_record()
    {
        Use(Orders with { Shape = await ShapeAsync("[{ explode: lines }]") });
        await ReceiveAsync(0, """{"id":"a","v":1,"lines":[{"sku":"x"},{"sku":"y"}]}""", """{"id":"b","v":1,"lines":[{"sku":"z"}]}""");
        await ReceiveAsync(1, """{"id":"b","v":2,"lines":[]}""");
        await _world.WorkAsync();
        Assert.Equal(2, (await FilesAsync()).Count(file => file.StartsWith("lake/sample/orders/", StringComparison.Ordinal)));
        string items = (await FilesAsync()).First(file => !file.StartsWith("lake/sample/orders/", StringComparison.Ordinal)).Split('/')[2];
        Assert.Equal(["x", "y"], (await LatestAsync(items)).Select(row => JsonNode.Parse(row)!["sku"]!.GetValue<string>()));
    }

    [Fact]
    public async Task records_that_leave_quarantine_take_their_place_in_the_file()
    {
        Use(Orders with { Contract = new Contract("orders", "1.0.0", [new ContractProperty { Name = "n", Type = LogicalType.Integer }]) });
        await ReceiveAsync(0, """{"id":"a","v":1,"n":1}""", """{"id":"b","v":1,"n":"two"}""", """{"id":"c","v":1,"n":3}""");
        await _world.WorkAsync();
        Assert.Equal(2, (await RowsAsync()).Count);
        Use(Orders);
        await _world.Get<QuarantineDesk>().ReplayAsync(new QuarantineFilter("sample", "orders"));
        await _world.WorkAsync();
        byte[] mended = await BytesAsync();
        Assert.Equal(["a", "b", "c"], (await RowsAsync()).Select(KeyOf));
        await ReplayAsync();
        Assert.Equal(mended, await BytesAsync());
    }

    [Fact]
    public async Task a_stream_may_have_lake_files_alone_and_is_counted_all_the_same()
    {
        Use(Orders with { Outputs = new(Table: false, LakePartition.Day) });
        string raw = await ReceiveAsync(0, """{"id":"a","v":1}""", "{broken");
        await _world.WorkAsync();
        Assert.Equal("", await _world.CuratedAsync("orders"));
        Assert.Single(await RowsAsync());
        TransformEntry entry = (await _world.Get<DocumentStore>().FindAsync<TransformEntry>(TransformEntry.NameFor(raw)))!.Value;
        Assert.Equal((2, 1, 1, 0), (entry.Read, entry.Curated, entry.Quarantined, entry.Filtered));
    }

    [Fact]
    public async Task a_record_with_a_member_of_the_rows_is_set_aside()
    {
        Use(Orders);
        await ReceiveAsync(0, """{"id":"a","v":1,"_penstock":1}""", """{"id":"b","v":1,"x":"\"_penstock\""}""");
        await _world.WorkAsync();
        Assert.Equal(["b"], (await RowsAsync()).Select(KeyOf));
        var found = new List<QuarantinedRecord>();
        await foreach (QuarantinedRecord record in _world.Get<QuarantineShelf>().ListAsync(new QuarantineFilter()))
            found.Add(record);
        Assert.Equal(("lake", "_penstock"), (Assert.Single(found).Rule, found[0].Path));
    }

    [Fact]
    public async Task files_are_kept_as_long_as_the_stream_says()
    {
        Use(Orders with { Retention = new StreamRetention(Lake: new(30, 'D')) });
        await ReceiveAsync(_world.Time.GetUtcNow().AddDays(-31), """{"id":"a","v":1}""");
        await ReceiveAsync(_world.Time.GetUtcNow().AddDays(-29), """{"id":"b","v":1}""");
        await _world.WorkAsync();
        Assert.Contains("deleted 1 lake files of sample/orders that are kept no longer", await _world.Get<WatchStage>().RunAsync());
        Assert.Equal(["b"], (await RowsAsync()).Select(KeyOf));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task the_newest_row_of_each_key_is_the_table_whatever_comes_in_whatever_order_however_often(int seed)
    {
        var chance = new Random(seed);
        Use(Orders with { Deletes = new("{{ record.gone }}"), Contract = new Contract("orders", "1.0.0", [new ContractProperty { Name = "n", Type = LogicalType.Integer }]) });
        string[][] batches = [.. Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, chance.Next(1, 9)).Select(_ => Fuzzed(chance)).ToArray())];
        foreach (int batch in Enumerable.Range(0, batches.Length).OrderBy(_ => chance.Next()))
            await ReceiveAsync(batch, batches[batch]);
        await _world.WorkAsync();
        Assert.Equal(await TableAsync(), await LatestAsync());
        byte[] live = await BytesAsync();
        await ReplayAsync();
        Assert.Equal(live, await BytesAsync());
    }

    [Fact]
    public async Task outputs_are_read_from_the_file_and_wrong_ones_told_with_their_line()
    {
        Pipeline pipeline = await new PipelineFiles().Add("shop/pipeline.yaml", """
            pipeline: shop
            streams: [{ stream: orders, receive: { event_hub: orders }, key: [id], outputs: [lake], lake: { partition: hour }, retention: { lake: P5Y } }]
            """).UsableAsync("shop");
        Assert.Equal(new StreamOutputs(Table: false, LakePartition.Hour), pipeline.Streams[0].Outputs);
        Assert.Equal(new RetentionPeriod(5, 'Y'), pipeline.Streams[0].Retention.Lake);
        string problems = await new PipelineFiles().Add("shop/pipeline.yaml", """
            pipeline: shop
            streams:
              - stream: orders
                receive: { event_hub: orders }
                key: [id]
                outputs: [table, lakes]
                lake: { partition: weekly }
            """).ProblemsAsync("shop");
        Assert.Contains("shop/pipeline.yaml:6: streams[0].outputs: 'lakes' isn't an output.", problems, StringComparison.Ordinal);
        Assert.Contains("shop/pipeline.yaml:7: streams[0].lake", problems, StringComparison.Ordinal);
    }

    private static string Fuzzed(Random chance) => chance.Next(10) switch
    {
        0 => "{broken",
        1 => """{"v":1}""",
        2 => $$"""{"id":"{{chance.Next(6)}}","v":{{chance.Next(5)}},"n":"x","gone":false}""",
        3 or 4 => $$"""{"id":"{{chance.Next(6)}}","v":{{chance.Next(5)}},"gone":true}""",
        _ => $$"""{"id":"{{chance.Next(6)}}","v":{{chance.Next(5)}},"n":{{chance.Next(9)}},"gone":false}""",
    };

    private static async Task<RecordShape> ShapeAsync(string shape) => (await new PipelineFiles().Add("shop/pipeline.yaml", $$"""
        pipeline: shop
        streams: [{ stream: orders, receive: { event_hub: orders }, key: [id], shape: {{shape}} }]
        """).UsableAsync("shop")).Streams[0].Shape;

    private static string KeyOf(string row) => JsonNode.Parse(row)!["_penstock"]!["key"]!.GetValue<string>();

    private void Use(PipelineStream stream) => _world.Pipelines.Pipeline = _world.Pipelines.Pipeline with { Schedule = null, Streams = [stream] };

    private Task<string> ReceiveAsync(int minute, params string[] records) => ReceiveAsync(Start.AddMinutes(minute), records);

    private async Task<string> ReceiveAsync(DateTimeOffset at, params string[] records)
    {
        var batch = new ReceivedBatch("sample", "orders", "webhook", at, [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))]);
        return Assert.IsType<BatchLanded>(await _world.Get<ReceiveStage>().RunAsync(batch)).Blob!;
    }

    private async Task ReplayAsync()
    {
        await _world.Get<ReplayBook>().StartAsync(new ReplayFilter("sample", ["orders"]), null);
        await _world.WorkAsync();
    }

    private async Task<List<string>> FilesAsync(string prefix = "lake/")
    {
        var files = new List<string>();
        await foreach (BlobEntry file in _world.Stores.Blobs.ListAsync(prefix))
            files.Add(file.Name);
        return files;
    }

    private async Task<byte[]> BytesAsync()
    {
        var bytes = new List<byte>();
        foreach (string file in await FilesAsync())
            bytes.AddRange((await _world.Stores.Blobs.GetAsync(file))!.Content.Span);
        return [.. bytes];
    }

    private async Task<List<string>> RowsAsync(string table = "orders")
    {
        var rows = new List<string>();
        foreach (string file in await FilesAsync($"lake/sample/{table}/"))
        {
            using var gzip = new GZipStream(new MemoryStream((await _world.Stores.Blobs.GetAsync(file))!.Content.ToArray()), CompressionMode.Decompress);
            using var reader = new StreamReader(gzip);
            while (await reader.ReadLineAsync() is { } row)
                rows.Add(row);
        }

        return rows;
    }

    // As docs/lake.md reads them.
    private async Task<List<string>> LatestAsync(string table = "orders") =>
    [
        .. (await RowsAsync(table)).GroupBy(KeyOf).SelectMany(key =>
        {
            string newest = key.Select(VersionOf).Max(StringComparer.Ordinal)!;
            return key.Where(row => VersionOf(row) == newest && !JsonNode.Parse(row)!["_penstock"]!["deleted"]!.GetValue<bool>());
        }).Select(row =>
        {
            JsonNode own = JsonNode.Parse(row)!;
            own.AsObject().Remove("_penstock");
            return own.ToJsonString();
        }).Order(StringComparer.Ordinal),
    ];

    private async Task<List<string>> TableAsync()
    {
        var rows = new List<string>();
        await foreach (CuratedRecord record in _world.Stores.Curated.ReadAsync(new CuratedTable("sample", "orders")))
            rows.Add(JsonNode.Parse(record.Json.Span)!.ToJsonString());
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private static string VersionOf(string row) => JsonNode.Parse(row)!["_penstock"]!["version"]!.GetValue<string>();
}
