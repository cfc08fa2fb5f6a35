using Azure.Messaging.EventHubs;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Functions.Triggers;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Receiving;
using Penstock.Testing;

namespace Penstock.Functions.Tests;

public sealed class EventHubTriggerTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly MemoryStores _stores = new();

    [Fact]
    public async Task a_batch_is_landed_when_the_function_returns()
    {
        await ReceiveAsync(Partition("orders", "3"), Event(41, """{"id":1}"""), Event(42, """{"id":2}"""));

        string blob = Assert.Single(await BlobsAsync());
        Assert.Contains("-orders.3.41-42-", blob, StringComparison.Ordinal);
        Assert.Equal(At, RawNames.TakenAt(blob));
        Assert.Equal(1, await _stores.Queue.CountAsync(QueueNames.Transform));
    }

    [Fact]
    public async Task a_batch_that_nobody_receives_throws_so_that_the_host_keeps_it()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => ReceiveAsync(Partition("payments", "0"), Event(1, "{}")));

        Assert.Contains("payments", e.Message, StringComparison.Ordinal);
        Assert.Empty(await BlobsAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"EventHubName":"orders"}""")]
    public async Task a_batch_whose_partition_isnt_known_throws_so_that_nothing_is_landed_under_a_wrong_name(string? context) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReceiveAsync(context, Event(1, "{}")));

    [Fact]
    public void an_event_keeps_everything_that_its_sender_and_the_hub_said_of_it()
    {
        EventData data = EventHubsModelFactory.EventData(
            BinaryData.FromString("body"), new Dictionary<string, object> { ["tenant"] = "acme", ["n"] = 7L }, partitionKey: "key",
            sequenceNumber: 42, offsetString: "4200", enqueuedTime: At);
        (data.ContentType, data.MessageId, data.CorrelationId) = ("application/json", "m-1", "c-1");

        HubEvent taken = HubEvents.From(data);

        Assert.Equal("body"u8.ToArray(), taken.Body.ToArray());
        Assert.Equal((42, At), (taken.SequenceNumber, taken.EnqueuedAt));
        Assert.Equal(("application/json", "key", "m-1", "c-1"), (taken.ContentType, taken.PartitionKey, taken.MessageId, taken.CorrelationId));
        Assert.Equal(new Dictionary<string, object?> { ["tenant"] = "acme", ["n"] = 7L }, taken.Properties);
    }

    private async Task ReceiveAsync(string? partitionContext, params EventData[] events)
    {
        using ServiceProvider services = AppOf.Services(_stores);
        await ActivatorUtilities.CreateInstance<EventHubTrigger>(services).ReceiveAsync(events, new InvocationOf(partitionContext), default);
    }

    private static string Partition(string hub, string id) =>
        $$"""{"FullyQualifiedNamespace":"ns.servicebus.windows.net","EventHubName":"{{hub}}","ConsumerGroup":"$Default","PartitionId":"{{id}}"}""";

    private static EventData Event(long sequenceNumber, string body) =>
        EventHubsModelFactory.EventData(BinaryData.FromString(body), sequenceNumber: sequenceNumber, offsetString: null, enqueuedTime: At);

    private async Task<List<string>> BlobsAsync()
    {
        var names = new List<string>();
        await foreach (BlobEntry blob in _stores.Blobs.ListAsync(BlobAreas.Raw + "/"))
            names.Add(blob.Name);
        return names;
    }
}
