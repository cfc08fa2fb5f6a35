using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Quarantine;

public class QuarantineTests
{
    private static readonly Contract Strict = new("orders", "1.0.0", [new ContractProperty { Name = "n", Type = LogicalType.Integer }]);
    private readonly PenstockWorld _world = new();

    public QuarantineTests() => Use(Strict);

    [Fact]
    public async Task what_was_set_aside_is_listed_with_reason_rule_blob_and_line_the_newest_blob_first()
    {
        string first = await ReceiveAsync(0, """{"id":1,"n":1}""", """{"id":2,"n":"two"}""");
        string second = await ReceiveAsync(1, "{broken", """{"n":4}""");
        await _world.WorkAsync();
        List<QuarantinedRecord> all = await ListAsync(new QuarantineFilter());
        Assert.Equal([(second, 1, "json"), (second, 2, "key"), (first, 2, "logicalType")], all.Select(record => (record.Blob, (int)record.Line, record.Rule)));
        Assert.Equal(("n", """{"id":2,"n":"two"}"""), (all[2].Path, all[2].Record?.GetRawText()));
        Assert.Equal("{broken", all[0].Text);
        Assert.Equal([all[1]], await ListAsync(new QuarantineFilter("sample", "orders", "key")), ById);
        Assert.Equal(all[2].Id, (await _world.Get<QuarantineShelf>().FindAsync(all[2].Id))?.Id);
        Assert.Null(await _world.Get<QuarantineShelf>().FindAsync("no such,id"));
    }

    [Fact]
    public async Task after_the_contract_is_mended_a_replay_of_just_those_curates_them_and_the_counts_balance()
    {
        string blob = await ReceiveAsync(0, """{"id":1,"n":1}""", """{"id":2,"n":"two"}""", """{"n":3}""", """{"id":4,"n":4}""");
        await _world.WorkAsync();
        Assert.Equal((4, 2, 2, 0), Counts(await EntryAsync(blob)));
        Use(null);
        QuarantineReplay replay = await _world.Get<QuarantineDesk>().ReplayAsync(new QuarantineFilter("sample", "orders"));
        Assert.Equal((2, 1), (replay.Records, replay.Blobs));
        await _world.WorkAsync();
        Assert.Equal((4, 3, 1, 0), Counts(await EntryAsync(blob)));
        Assert.Equal("key", Assert.Single(await ListAsync(new QuarantineFilter())).Rule);
        Assert.Contains("""{"id":2,"n":"two"}""", await _world.CuratedAsync("orders"));
    }

    [Fact]
    public async Task a_replay_touches_no_line_but_those_it_was_asked_for()
    {
        string blob = await ReceiveAsync(0, """{"id":1,"n":1}""", """{"id":2,"n":"two"}""", """{"id":3,"n":"three"}""");
        await _world.WorkAsync();
        await _world.Stores.Curated.DeleteAsync(new("sample", "orders"), ["1"]);
        Use(null);
        string wanted = (await ListAsync(new QuarantineFilter()))[1].Id;
        await _world.Get<QuarantineDesk>().ReplayAsync(new QuarantineFilter(Ids: [wanted]));
        await _world.WorkAsync();
        Assert.Equal("""{"id":3,"n":"three"}""", await _world.CuratedAsync("orders"));
        Assert.Equal(2, Assert.Single(await ListAsync(new QuarantineFilter())).Line);
        Assert.Equal((3, 2, 1, 0), Counts(await EntryAsync(blob)));
    }

    [Fact]
    public async Task the_same_replay_twice_is_once_and_what_has_left_quarantine_is_not_taken_again()
    {
        string blob = await ReceiveAsync(0, """{"id":1,"n":"x"}""");
        await _world.WorkAsync();
        Use(null);
        foreach (string replay in new[] { "a", "a", "b" })
            await _world.Get<WorkSender>().SendAsync(new TransformMessage("sample", "orders", blob, replay) { Lines = [1] });
        await _world.WorkAsync();
        Assert.Equal((1, 1, 0, 0), Counts(await EntryAsync(blob)));
    }

    [Fact]
    public async Task what_is_discarded_counts_as_filtered()
    {
        string blob = await ReceiveAsync(0, """{"id":1,"n":"x"}""", """{"id":2,"n":"y"}""");
        await _world.WorkAsync();
        string id = (await ListAsync(new QuarantineFilter()))[0].Id;
        Assert.Equal(1, await _world.Get<QuarantineDesk>().DiscardAsync(new QuarantineFilter(Ids: [id])));
        Assert.Equal(0, await _world.Get<QuarantineDesk>().DiscardAsync(new QuarantineFilter(Ids: [id])));
        Assert.Equal((2, 0, 1, 1), Counts(await EntryAsync(blob)));
        Assert.Equal(1, await _world.Get<QuarantineDesk>().DiscardAsync(new QuarantineFilter("sample")));
        Assert.Empty(await ListAsync(new QuarantineFilter()));
        Assert.Equal((2, 0, 0, 2), Counts(await EntryAsync(blob)));
    }

    private static readonly IEqualityComparer<QuarantinedRecord> ById = EqualityComparer<QuarantinedRecord>.Create((a, b) => a?.Id == b?.Id);

    private static (int, int, int, int) Counts(TransformEntry entry)
    {
        Assert.True(entry.Balances);
        return ((int)entry.Read, (int)entry.Curated, (int)entry.Quarantined, (int)entry.Filtered);
    }

    private void Use(Contract? contract) => _world.Pipelines.Pipeline = _world.Pipelines.Pipeline with
    {
        Streams = [new PipelineStream { Name = "orders", Key = ["id"], Reception = new Reception("orders", null), Contract = contract }],
    };

    private async Task<List<QuarantinedRecord>> ListAsync(QuarantineFilter filter) => await _world.Get<QuarantineShelf>().ListAsync(filter).ToListAsync();

    private async Task<TransformEntry> EntryAsync(string blob) => (await _world.Get<DocumentStore>().FindAsync<TransformEntry>(TransformEntry.NameFor(blob)))!.Value;

    private async Task<string> ReceiveAsync(int second, params string[] records)
    {
        var batch = new ReceivedBatch(
            "sample", "orders", "webhook", new DateTimeOffset(2026, 1, 1, 0, 0, second, TimeSpan.Zero),
            [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))]);
        return Assert.IsType<BatchLanded>(await _world.Get<ReceiveStage>().RunAsync(batch)).Blob!;
    }
}
