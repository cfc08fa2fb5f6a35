using System.Text;
using System.Text.Json;
using Penstock.Http.Problems;
using Penstock.Testing.World;

namespace Penstock.Cli.Tests.LocalHost;

public class EventHubTests
{
    private const string BatchType = "application/vnd.microsoft.servicebus.json";

    private static JsonElement EventOf(JsonElement record) => record.GetProperty("_event");

    [Fact]
    public async Task an_event_is_landed_before_201_and_ends_up_curated()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        HttpResponseMessage response = await host.SendAsync(
            "/orders/messages?timeout=60&api-version=2014-01", """{"id":"a","updated":1}""", "application/atom+xml;type=entry;charset=utf-8",
            ("BrokerProperties", """{"PartitionKey":"k","MessageId":"m-1"}"""), ("Alert", "\"Strong Wind\""), ("Priority-Class", "7"));
        response.IsCreated();
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        JsonElement known = EventOf(Assert.Single(await host.Stores.LandedAsync()));
        Assert.Equal(("orders", "k", "m-1", 0), (known.GetProperty("hub_name").GetString(), known.GetProperty("partition_key").GetString(), known.GetProperty("message_id").GetString(), known.GetProperty("sequence_number").GetInt64()));
        Assert.Equal("""{"Alert":"Strong Wind","Priority-Class":"7"}""", known.GetProperty("application_properties").GetRawText());
        Assert.Equal("a", Assert.Single(await host.Stores.CuratedAsync("orders", 1)).Key);
    }

    [Fact]
    public async Task a_batch_is_a_record_an_event_each_with_its_own_properties()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        (await host.SendAsync("/orders/messages", """
            [{"Body":"{\"id\":1}"},
             {"Body":"{\"id\":2}","UserProperties":{"alert":"wind","level":2,"hot":true},"BrokerProperties":{"CorrelationId":"c-1"}},
             {"Body":"no json","UserProperties":null}]
            """, BatchType)).IsCreated();
        var landed = await host.Stores.LandedAsync();
        Assert.Equal(3, landed.Count);
        Assert.Single(landed.Select(record => EventOf(record).GetProperty("partition_id").GetString()).Distinct());
        Assert.Equal([0, 1, 2], landed.Select(record => EventOf(record).GetProperty("sequence_number").GetInt64()));
        Assert.Equal("""{"alert":"wind","hot":true,"level":2}""", EventOf(landed[1]).GetProperty("application_properties").GetRawText());
        Assert.Equal("c-1", EventOf(landed[1]).GetProperty("correlation_id").GetString());
        Assert.Equal(Convert.ToBase64String("no json"u8), landed[2].GetProperty("_raw_base64").GetString());
    }

    [Fact]
    public async Task events_of_one_key_or_publisher_come_into_one_partition_and_others_take_turns()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        for (int i = 0; i < 3; i++)
        {
            string batch = $$$"""
                [{"Body":"{\"id\":\"a{{{i}}}\"}","BrokerProperties":{"PartitionKey":"device-1"}},
                 {"Body":"{\"id\":\"b{{{i}}}\"}","BrokerProperties":{"PartitionKey":"device-7"}}]
                """;
            (await host.SendAsync("/orders/messages", batch, BatchType)).IsCreated();
            (await host.SendAsync("/orders/publishers/device-1/messages", $$"""{"id":"p{{i}}"}""")).IsCreated();
        }

        for (int i = 0; i < 4; i++)
            (await host.SendAsync("/orders/messages", $$"""{"id":"t{{i}}"}""")).IsCreated();
        (await host.SendAsync("/orders/partitions/2/messages", """{"id":"fixed"}""")).IsCreated();
        var landed = await host.Stores.LandedAsync();
        Assert.Single(Partitions("device-1"));
        Assert.Single(Partitions("device-7"));
        Assert.Equal(4, landed.Where(record => record.GetProperty("id").GetString()![0] == 't').Select(record => EventOf(record).GetProperty("partition_id").GetString()).Distinct().Count());
        Assert.Equal("2", EventOf(landed.Single(record => record.GetProperty("id").GetString() == "fixed")).GetProperty("partition_id").GetString());

        IEnumerable<string?> Partitions(string key) => landed
            .Where(record => EventOf(record).TryGetProperty("partition_key", out JsonElement found) && found.GetString() == key)
            .Select(record => EventOf(record).GetProperty("partition_id").GetString()).Distinct();
    }

    [Fact]
    public async Task numbers_ascend_without_repetition_under_many_senders_and_over_a_restart()
    {
        var stores = new RunningStores();
        for (int start = 0; start < 2; start++)
        {
            await using RunningHost host = await RunningHost.StartAsync(stores: stores);
            var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => host.SendAsync("/orders/partitions/1/messages", $$"""{"id":"{{start}}-{{i}}"}""")));
            Assert.All(responses, response => response.IsCreated());
        }

        var numbers = (await stores.LandedAsync()).ToDictionary(record => record.GetProperty("id").GetString()!, record => EventOf(record).GetProperty("sequence_number").GetInt64());
        Assert.Equal(100, numbers.Values.Distinct().Count());
        Assert.True(numbers.Where(one => one.Key[0] == '0').Max(one => one.Value) < numbers.Where(one => one.Key[0] == '1').Min(one => one.Value));
    }

    [Fact]
    public async Task a_cloud_event_is_read_from_its_properties()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        (await host.SendAsync(
            "/orders/messages", """{"id":"a"}""", "application/json",
            ("cloudEvents_specversion", "1.0"), ("cloudEvents_id", "7"), ("cloudEvents_source", "/s"), ("cloudEvents_type", "t"))).IsCreated();
        Assert.Equal("/s", EventOf(Assert.Single(await host.Stores.LandedAsync())).GetProperty("source").GetString());
    }

    [Fact]
    public async Task an_event_of_one_megabyte_is_taken_and_a_byte_more_is_refused()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        byte[] exact = Encoding.UTF8.GetBytes($$"""{"id":"{{new string('x', (1024 * 1024) - 9)}}"}""");
        Assert.Equal(1024 * 1024, exact.Length);
        (await host.SendAsync("/orders/messages", exact)).IsCreated();
        Assert.Contains("1048576", await (await host.SendAsync("/orders/messages", [.. exact, (byte)' '])).ProblemAsync(ProblemTypes.TooLarge));
        Assert.Single(await host.Stores.LandedAsync());
    }

    [Theory]
    [InlineData("/nothing/messages", "{}", "unknown-event-hub")]
    [InlineData("/orders/partitions/4/messages", "{}", "unknown-event-hub")]
    [InlineData("/orders/partitions/-1/messages", "{}", "unknown-event-hub")]
    [InlineData("/orders/messages", "{", "bad-body", BatchType)]
    [InlineData("/orders/messages", "{}", "bad-body", BatchType)]
    [InlineData("/orders/messages", "[{}]", "bad-body", BatchType)]
    [InlineData("/orders/messages", """[{"Body":{"id":1}}]""", "bad-body", BatchType)]
    [InlineData("/orders/messages", """[{"Body":"x","UserProperties":[]}]""", "bad-body", BatchType)]
    [InlineData("/orders/partitions/1/messages", """[{"Body":"x","BrokerProperties":{"PartitionKey":"k"}}]""", "bad-request", BatchType)]
    public async Task what_cannot_be_taken_is_refused_and_nothing_of_it_is_landed(string path, string body, string type, string contentType = "application/json")
    {
        await using RunningHost host = await RunningHost.StartAsync();
        await (await host.SendAsync(path, body, contentType)).ProblemAsync(ProblemTypes.All.Single(known => known.Name == type));
        Assert.Empty(await host.Stores.LandedAsync());
    }

    [Fact]
    public async Task broker_properties_that_are_no_object_are_refused()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        await (await host.SendAsync("/orders/messages", "{}", "application/json", ("BrokerProperties", "k"))).ProblemAsync(ProblemTypes.BadRequest);
    }

    [Fact]
    public async Task a_failed_landing_is_never_acknowledged()
    {
        var stores = new RunningStores();
        bool fails = true;
        stores.Instead = new FaultyBlobStore(stores.Blobs, new Faults(where => fails && where.StartsWith("before") && where.Contains("put raw/")));
        await using RunningHost host = await RunningHost.StartAsync(stores: stores);
        await (await host.SendAsync("/orders/messages", """{"id":"a"}""")).ProblemAsync(ProblemTypes.NotLanded);
        Assert.Empty(await stores.LandedAsync());
        fails = false;
        (await host.SendAsync("/orders/messages", """{"id":"a"}""")).IsCreated();
        Assert.Single(await stores.LandedAsync());
    }
}
