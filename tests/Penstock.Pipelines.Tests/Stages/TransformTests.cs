using System.IO.Compression;
using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Transforming;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Stages;

public class TransformTests
{
    private readonly PenstockWorld _world = new();

    [Fact]
    public async Task an_older_record_never_overwrites_a_newer_one_whatever_comes_first()
    {
        await ReceiveAsync(0, """{"id":"a","updated":2,"name":"new"}""");
        await ReceiveAsync(1, """{"id":"a","updated":1,"name":"old"}""");
        await _world.WorkAsync();
        Assert.Equal("""{"id":"a","updated":2,"name":"new"}""", await _world.CuratedAsync("orders"));
    }

    [Fact]
    public async Task of_two_records_with_one_version_the_later_one_wins()
    {
        await ReceiveAsync(5, """{"id":"a","updated":1,"name":"later"}""");
        await ReceiveAsync(1, """{"id":"a","updated":1,"name":"sooner"}""");
        await _world.WorkAsync();
        Assert.Equal("""{"id":"a","updated":1,"name":"later"}""", await _world.CuratedAsync("orders"));
    }

    [Fact]
    public async Task a_record_that_breaks_the_contract_is_set_aside_with_the_reason_and_its_neighbours_go_on()
    {
        var contract = new Contract("orders", "1.0.0", [new ContractProperty { Name = "name", Type = LogicalType.String, Required = true }]);
        _world.Pipelines.Pipeline = _world.Pipelines.Pipeline with
        {
            Streams = [.. _world.Pipelines.Pipeline.Streams.Select(stream => stream with { Contract = contract })],
        };
        string blob = await ReceiveAsync(
            0, """{"id":1,"updated":1,"name":"good"}""", """{"id":2,"updated":1,"name":7}""", """{"updated":1,"name":"no key"}""", "{broken", "[1]", """{"id":3,"updated":1,"name":"good too"}""");
        await _world.WorkAsync();
        Assert.Equal(2, (await _world.CuratedAsync("orders")).Split('\n').Length);
        string[] lines = await ReadAsync(QuarantineWriter.NameFor(blob));
        Assert.Equal(4, lines.Length);
        Assert.Contains("\"line\":2", lines[0]);
        Assert.Contains("{\"id\":2,\"updated\":1,\"name\":7}", lines[0]);
        Assert.Contains("\"text\":\"{broken\"", lines[2]);
        var outcome = Assert.IsType<BlobCurated>(await _world.Get<TransformStage>().RunAsync(new TransformMessage("sample", "orders", blob)));
        Assert.Equal((6, 2, 4, true, false), (outcome.Entry.Read, outcome.Entry.Curated, outcome.Entry.Quarantined, outcome.Entry.Balances, outcome.IsNew));
    }

    [Fact]
    public async Task a_payload_that_was_no_json_goes_to_quarantine_even_without_a_contract_or_a_key()
    {
        _world.Pipelines.Pipeline = _world.Pipelines.Pipeline with
        {
            Streams = [new PipelineStream { Name = "orders", Reception = new Reception("orders", null) }],
        };
        string blob = await ReceiveAsync(0, """{"_raw_base64":"PG9yZGVyLz4=","_event":{"partition_id":"0"}}""", """{"id":1}""");
        await _world.WorkAsync();
        Assert.Equal("""{"id":1}""", await _world.CuratedAsync("orders"));
        string line = Assert.Single(await ReadAsync(QuarantineWriter.NameFor(blob)));
        Assert.Contains("\"line\":1,\"rule\":\"payload\"", line);
        Assert.Contains("PG9yZGVyLz4=", line);
    }

    [Fact]
    public async Task a_record_or_key_that_no_store_can_hold_is_set_aside_and_its_neighbours_go_on()
    {
        string blob = await ReceiveAsync(
            0, $$"""{"id":1,"updated":1,"name":"{{new string('x', 2_000_000)}}"}""", $$"""{"id":"{{new string('k', 1_001)}}","updated":1}""", """{"id":3,"updated":1}""");
        await _world.WorkAsync();
        Assert.Equal("""{"id":3,"updated":1}""", await _world.CuratedAsync("orders"));
        string[] lines = await ReadAsync(QuarantineWriter.NameFor(blob));
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Contains("\"rule\":\"size\"", line));
    }

    [Fact]
    public async Task curated_is_a_function_of_raw()
    {
        await PipelineTests.RunOnceAsync(_world);
        string before = await _world.CuratedAsync();
        var table = new CuratedTable("sample", "numbers");
        await _world.Stores.Curated.DeleteAsync(table, [.. Enumerable.Range(0, 100).Select(n => $"{n}")]);
        Assert.Equal("", await _world.CuratedAsync());
        await foreach (BlobEntry entry in _world.Stores.Blobs.ListAsync("raw/sample/numbers/"))
            await _world.Get<WorkSender>().SendAsync(new TransformMessage("sample", "numbers", entry.Name, Replay: "again"));
        await _world.WorkAsync();
        Assert.Equal(before, await _world.CuratedAsync());
    }

    [Fact]
    public async Task a_batch_that_is_replayed_from_an_old_checkpoint_lands_once()
    {
        string first = await ReceiveAsync(3, """{"id":1,"updated":1}""");
        string second = await ReceiveAsync(3, """{"id":1,"updated":1}""");
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task a_landed_batch_whose_message_was_lost_is_found_by_watch()
    {
        await ReceiveAsync(0, """{"id":1,"updated":1}""");
        var item = Assert.Single(await _world.Stores.Queue.ReceiveAsync(QueueNames.Transform, 1, TimeSpan.FromMinutes(1)));
        await _world.Stores.Queue.CompleteAsync(item);
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Contains("sent 1 transform messages of sample/orders again", await _world.Get<WatchStage>().RunAsync());
        await _world.WorkAsync();
        Assert.Equal("""{"id":1,"updated":1}""", await _world.CuratedAsync("orders"));
    }

    [Fact]
    public async Task data_for_a_broken_pipeline_is_landed_and_curated_when_the_file_is_mended()
    {
        _world.Pipelines.Broken = new BrokenPipeline("sample", [new DefinitionProblem("pipeline.yaml", 1, "", "Bad.", "Mend it.")]);
        await ReceiveAsync(0, """{"id":1,"updated":1}""");
        await _world.WorkAsync();
        Assert.Equal("", await _world.CuratedAsync("orders"));
        _world.Pipelines.Broken = null;
        _world.Time.Advance(TimeSpan.FromMinutes(6));
        await _world.WorkAsync();
        Assert.Equal("""{"id":1,"updated":1}""", await _world.CuratedAsync("orders"));
    }

    [Fact]
    public async Task a_stream_that_nobody_receives_is_refused()
    {
        var outcome = await _world.Get<ReceiveStage>().RunAsync(new ReceivedBatch("sample", "numbers", "webhook", _world.Time.GetUtcNow(), []));
        Assert.IsType<BatchRefused>(outcome);
        outcome = await _world.Get<ReceiveStage>().RunAsync(new ReceivedBatch("none", "orders", "webhook", _world.Time.GetUtcNow(), []));
        Assert.IsType<BatchRefused>(outcome);
    }

    private async Task<string> ReceiveAsync(int second, params string[] records)
    {
        var batch = new ReceivedBatch(
            "sample", "orders", "webhook", new DateTimeOffset(2026, 1, 1, 0, 0, second, TimeSpan.Zero),
            [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))]);
        return Assert.IsType<BatchLanded>(await _world.Get<ReceiveStage>().RunAsync(batch)).Blob!;
    }

    private async Task<string[]> ReadAsync(string blob)
    {
        await using Stream stream = (await _world.Stores.Blobs.OpenAsync(blob))!;
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        return (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
