using System.Text;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Receiving;

public sealed class HubReceiverTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly PenstockWorld _world = new();

    [Fact]
    public async Task a_batch_becomes_one_raw_blob_named_by_its_partition_and_sequence_numbers()
    {
        var landed = Assert.IsType<BatchLanded>(await ReceiveAsync("orders", Event(17, """{"id":1}"""), Event(18, """{"id":2}""")));

        Assert.Equal(2, landed.Records);
        Assert.Contains("raw/sample/orders/2026/03/01/120000000-orders.3.17-18-", landed.Blob, StringComparison.Ordinal);
        Assert.Single(await BlobsAsync());
    }

    [Fact]
    public async Task a_batch_that_comes_again_is_the_same_blob()
    {
        await ReceiveAsync("orders", Event(17, """{"id":1}"""));
        await ReceiveAsync("orders", Event(17, """{"id":1}"""));

        Assert.Single(await BlobsAsync());
    }

    [Fact]
    public async Task every_stream_that_receives_the_hub_gets_the_batch()
    {
        Pipeline pipeline = _world.Pipelines.Pipeline;
        _world.Pipelines.Pipeline = pipeline with
        {
            Streams = [.. pipeline.Streams, new PipelineStream { Name = "audit", Reception = new Reception("Orders", null) }],
        };

        await ReceiveAsync("orders", Event(17, """{"id":1}"""));

        Assert.Equal(["audit", "orders"], (await BlobsAsync()).Select(name => name.Split('/')[2]).Order());
    }

    [Fact]
    public async Task a_batch_that_nobody_receives_is_refused_with_what_to_do()
    {
        var refused = Assert.IsType<BatchRefused>(await ReceiveAsync("payments", Event(1, "{}")));

        Assert.Contains("Write 'receive: { event_hub: payments }' at a stream", refused.Reason, StringComparison.Ordinal);
        Assert.Empty(await BlobsAsync());
    }

    [Fact]
    public async Task a_batch_whose_pipeline_is_broken_is_refused_so_that_it_comes_again()
    {
        _world.Pipelines.Broken = new BrokenPipeline("sample", [new DefinitionProblem("pipeline.yaml", 1, "", "It is broken.", "Mend it.")]);

        Assert.IsType<BatchRefused>(await ReceiveAsync("orders", Event(1, "{}")));
    }

    private Task<ReceiveOutcome> ReceiveAsync(string hub, params HubEvent[] events) => _world.Get<HubReceiver>().RunAsync(hub, "3", events);

    private static HubEvent Event(long sequenceNumber, string body) => new(Encoding.UTF8.GetBytes(body), sequenceNumber, At);

    private async Task<List<string>> BlobsAsync()
    {
        var names = new List<string>();
        await foreach (BlobEntry blob in _world.Stores.Blobs.ListAsync(BlobAreas.Raw + "/"))
            names.Add(blob.Name);
        return names;
    }
}
