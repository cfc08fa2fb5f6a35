using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Lineage;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Lineage;

public class ReceivedLineageTests
{
    private readonly PenstockWorld _world = new(new ScriptedStream { Count = 0 }, services: services => services.AddSingleton(new LineageOptions { KeepsBlobs = true }));

    public ReceivedLineageTests() => _world.Pipelines.Pipeline = _world.Pipelines.Pipeline with { Schedule = null };

    [Fact]
    public async Task an_hour_in_which_something_was_received_is_a_run_once_it_is_over()
    {
        await ReceiveAsync("""{"id":1,"updated":1}""", """{"id":2,"updated":1}""", "no json");
        await _world.WorkAsync();
        await WatchAsync();
        Assert.Empty(await EventsAsync());
        _world.Time.Advance(TimeSpan.FromMinutes(70));
        await WatchAsync();
        await WatchAsync();
        List<JsonObject> events = await EventsAsync();
        Assert.Equal(["COMPLETE", "START"], events.Select(one => (string?)one["eventType"]).Order());
        Assert.Single(events.Select(one => (string?)one["run"]!["runId"]).Distinct());
        JsonObject complete = events.Single(one => (string?)one["eventType"] == "COMPLETE");
        Assert.Equal(("sample.orders", "STREAMING"), ((string?)complete["job"]!["name"], (string?)complete["job"]!["facets"]!["jobType"]!["processingType"]));
        Assert.Equal("eventhub", (string?)complete["inputs"]![0]!["namespace"]);
        Assert.Equal([3, 2], complete["outputs"]!.AsArray().Select(output => (int)output!["outputFacets"]!["outputStatistics"]!["rowCount"]!));
    }

    [Fact]
    public async Task an_hour_waits_until_what_it_brought_is_curated_but_not_for_ever()
    {
        await ReceiveAsync("""{"id":1,"updated":1}""");
        _world.Time.Advance(TimeSpan.FromMinutes(70));
        await WatchAsync();
        Assert.Empty(await EventsAsync());
        await _world.WorkAsync();
        await WatchAsync();
        Assert.Equal(2, (await EventsAsync()).Count);

        await ReceiveAsync("""{"id":2,"updated":1}""");
        _world.Time.Advance(TimeSpan.FromHours(3));
        await WatchAsync();
        Assert.Equal(4, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task hours_in_which_nothing_came_are_no_runs_and_none_is_left_out_while_nobody_looked()
    {
        await WatchAsync();
        for (int hour = 0; hour < 6; hour++)
        {
            if (hour % 2 == 0)
                await ReceiveAsync($$"""{"id":{{hour}},"updated":1}""");
            await _world.WorkAsync();
            _world.Time.Advance(TimeSpan.FromHours(1));
        }

        _world.Time.Advance(TimeSpan.FromMinutes(10));
        await WatchAsync();
        Assert.Equal(3, (await EventsAsync()).Count(one => (string?)one["eventType"] == "COMPLETE"));
    }

    private async Task ReceiveAsync(params string[] records) => Assert.IsType<BatchLanded>(await _world.Get<ReceiveStage>().RunAsync(
        new ReceivedBatch("sample", "orders", "test", _world.Time.GetUtcNow(), [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))])));

    private Task<IReadOnlyList<string>> WatchAsync() => _world.Get<WatchStage>().RunAsync();

    private async Task<List<JsonObject>> EventsAsync()
    {
        var events = new List<JsonObject>();
        await foreach (BlobEntry entry in _world.Stores.Blobs.ListAsync("ledger/openlineage/"))
            events.Add(JsonNode.Parse((await _world.Stores.Blobs.GetAsync(entry.Name))!.Content.Span)!.AsObject());
        return [.. events.Where(one => (string?)one["job"]!["name"] == "sample.orders")];
    }
}
