using System.Text;
using Penstock.Pipelines.Auditing;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Retention;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Tests.Erasing;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Auditing;

/// <summary>A deep audit finds what is curated and came of no raw blob, and nothing that is as it must be.</summary>
public class CuratedAuditTests
{
    private static readonly CuratedTable Orders = new("sample", "orders");
    private readonly PenstockWorld _world = new();
    private int _second;

    public static TheoryData<string> Ways => [.. Streams.Keys];

    // Each way of curating a stream of orders.
    private static IReadOnlyDictionary<string, PipelineStream> Streams { get; } = new Dictionary<string, PipelineStream>
    {
        ["latest"] = Order(),
        ["deletes"] = Order() with { Deletes = new StreamDeletes("{{ record.gone }}") },
        ["deletes flagged"] = Order() with { Deletes = new StreamDeletes("{{ record.gone }}", Flags: true) },
        ["append"] = Order() with { History = new(HistoryMode.Append) },
        ["append with deletes"] = Order() with { History = new(HistoryMode.Append), Deletes = new StreamDeletes("{{ record.gone }}") },
        ["scd2"] = Order() with { History = new(HistoryMode.Scd2), Deletes = new StreamDeletes("{{ record.gone }}") },
        ["a list"] = Order() with { Shape = new RecordShape([], [new ExplodedList("items", "items", new Dictionary<string, string> { ["order"] = "id" }, "position", Keeps: false)]) },
        ["no version"] = Order() with { Version = null },
    };

    [Theory, MemberData(nameof(Ways))]
    public async Task what_raw_gives_is_found_clean(string way)
    {
        await FillAsync(Streams[way]);
        AuditReport report = await AuditAsync();
        Assert.Empty(report.Findings);
        Assert.True(report.Checked.Compared > 0);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task a_record_that_was_put_there_by_hand_is_found(string way)
    {
        await FillAsync(Streams[way]);
        CuratedTable table = Orders with { History = Streams[way].History.Mode, KeepsDeleted = way is "deletes flagged" or "append with deletes" };
        string version = (await _world.Stores.Curated.ReadAsync(table).FirstAsync()).Version;
        await _world.Stores.Curated.UpsertAsync(table, [new CuratedRecord("99", version, """{"id":"99"}"""u8.ToArray())]);
        AuditFinding finding = Assert.Single((await AuditAsync()).Findings);
        Assert.Equal((AuditRules.Curated, true, "sample/orders"), (finding.Rule, finding.IsBroken, finding.Subject));
        Assert.Contains("the key 99", finding.Message, StringComparison.Ordinal);
        Assert.Contains("no raw blob gives it", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_version_that_was_put_there_by_hand_is_found_though_raw_has_others_of_its_key()
    {
        await FillAsync(Order());
        await _world.Stores.Curated.UpsertAsync(Orders, [new CuratedRecord("1", "u9", """{"id":"1"}"""u8.ToArray())]);
        Assert.Contains("the key 1 is curated in the version u9", Assert.Single((await AuditAsync()).Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task items_that_were_put_there_by_hand_are_found()
    {
        await FillAsync(Streams["a list"]);
        var items = new CuratedTable("sample", "items") { IsExploded = true };
        await _world.Stores.Curated.UpsertAsync(items, [new CuratedRecord("99", "u9", "{\"sku\":\"a\"}\n{\"sku\":\"b\"}"u8.ToArray())]);
        Assert.Equal("sample/items", Assert.Single((await AuditAsync()).Findings).Subject);
    }

    [Fact]
    public async Task records_whose_raw_was_deleted_by_hand_are_found()
    {
        await FillAsync(Order());
        await _world.Stores.Blobs.DeleteAsync((await _world.Stores.Blobs.ListAsync("raw/sample/orders/").LastAsync()).Name);
        Assert.Contains((await AuditAsync()).Findings, finding => finding is { IsBroken: true, Rule: AuditRules.Curated });
    }

    [Fact]
    public async Task records_whose_raw_is_kept_no_longer_are_one_note()
    {
        await FillAsync(Order() with { Retention = new StreamRetention(Raw: new(30, 'D')) });
        _world.Time.Advance(TimeSpan.FromDays(31));
        await _world.Get<WatchStage>().RunAsync();
        Assert.Empty(await _world.Stores.Blobs.ListAsync("raw/sample/orders/").ToListAsync());
        AuditReport report = await AuditAsync();
        Assert.True(report.IsClean);
        AuditFinding note = Assert.Single(report.Findings);
        Assert.Equal((AuditRules.Unchecked, "sample/orders"), (note.Rule, note.Subject));
        Assert.Contains("3 curated rows are of raw that the stream keeps no longer", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task records_whose_raw_is_there_and_whose_counts_are_kept_no_longer_are_clean()
    {
        await FillAsync(Order());
        foreach (BlobEntry entry in await _world.Stores.Blobs.ListAsync("ledger/transforms/").ToListAsync())
            await _world.Stores.Blobs.DeleteAsync(entry.Name);
        Assert.DoesNotContain((await AuditAsync()).Findings, finding => finding.Rule == AuditRules.Curated);
    }

    [Fact]
    public async Task what_is_left_after_an_erasure_is_clean()
    {
        var erasing = new ErasureWorld();
        await erasing.FillAsync();
        await erasing.WorkAsync();
        await erasing.EraseAsync();
        AuditReport report = await erasing.World.Get<ConsistencyAudit>().RunAsync(new AuditOptions { Deep = true });
        Assert.DoesNotContain(report.Findings, finding => finding.IsBroken);
        Assert.True(report.Checked.Compared > 0);
    }

    private static PipelineStream Order() => new() { Name = "orders", Key = ["id"], Version = "n", Reception = new Reception("orders", null) };

    // Three orders; the second one changes, comes again as it was, and is gone.
    private async Task FillAsync(PipelineStream stream)
    {
        _world.Pipelines.Pipeline = _world.Pipelines.Pipeline with { Schedule = null, Streams = [stream] };
        await ReceiveAsync("""{"id":"1","n":1,"items":[{"sku":"a"},{"sku":"b"}]}""", """{"id":"2","n":1,"items":[]}""", """{"id":"3","n":1,"items":[{"sku":"c"}]}""");
        await ReceiveAsync("""{"id":"2","n":2,"items":[{"sku":"d"}]}""");
        await ReceiveAsync("""{"id":"2","n":1,"items":[]}""", """{"id":"2","n":3,"gone":true}""");
    }

    private async Task ReceiveAsync(params string[] records)
    {
        DateTimeOffset at = _world.Time.GetUtcNow().AddSeconds(_second++);
        Assert.IsType<BatchLanded>(await _world.Get<ReceiveStage>().RunAsync(
            new ReceivedBatch("sample", "orders", "webhook", at, [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))])));
        await _world.WorkAsync();
    }

    private Task<AuditReport> AuditAsync() => _world.Get<ConsistencyAudit>().RunAsync(new AuditOptions { Deep = true });
}
