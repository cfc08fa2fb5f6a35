using System.Net;
using System.Text;
using Penstock.Pipelines.Ports;

namespace Penstock.Http.Tests.Ingest;

public class IngestTests
{
    [Fact]
    public async Task a_signed_body_is_landed_before_it_is_acknowledged_and_its_transform_is_sent()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.PushAsync("""{"id": 1, "total": 9.50}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var receipt = await response.JsonAsync();
        Assert.Equal(1, receipt.GetProperty("records").GetInt32());
        Assert.NotNull(await api.Stores.Blobs.GetAsync(receipt.GetProperty("blob").GetString()!));
        Assert.Equal(["""{"id":1,"total":9.50}"""], await api.LandedAsync("shop", "orders"));
        WorkItem sent = Assert.Single(await api.Stores.Queue.ReceiveAsync(QueueNames.Transform, 10, TimeSpan.FromMinutes(1)));
        Assert.Contains(receipt.GetProperty("blob").GetString()!, Encoding.UTF8.GetString(sent.Body.Span));
        Assert.NotEmpty(response.Headers.GetValues("X-Request-Id").Single());
    }

    [Theory]
    [InlineData("application/json", """[{"id":1},{"id":2}]""", """{"id":1}""", """{"id":2}""")]
    [InlineData("application/json; charset=utf-8", """{"id":1}""", """{"id":1}""")]
    [InlineData("application/vnd.shop.v2+json", """{"id":1}""", """{"id":1}""")]
    [InlineData("application/x-ndjson", "{\"id\":1}\n{\"id\":2}\n", """{"id":1}""", """{"id":2}""")]
    [InlineData("application/json", "[]")]
    [InlineData("application/cloudevents-batch+json", "[]")]
    [InlineData("application/cloudevents+json", """{"specversion":"1.0","id":"7","source":"/s","type":"t","data":{"id":1}}""", """{"id":1,"_event":{"specversion":"1.0","id":"7","source":"/s","type":"t"}}""")]
    [InlineData("application/cloudevents-batch+json", """[{"specversion":"1.0","id":"7","source":"/s","type":"t"}]""", """{"_event":{"specversion":"1.0","id":"7","source":"/s","type":"t"}}""")]
    public async Task every_format_is_taken(string contentType, string body, params string[] records)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.PushAsync(body, contentType);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(records.Length, (await response.JsonAsync()).GetProperty("records").GetInt32());
        Assert.Equal(records, await api.LandedAsync("shop", "orders"));
    }

    [Fact]
    public async Task a_cloud_event_in_binary_mode_is_taken_and_its_headers_are_decoded()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.PushAsync(
            """{"id":1}""", "application/json", Webhook.Orders,
            ("ce-specversion", "1.0"), ("ce-id", "7"), ("ce-source", "/s"), ("ce-type", "t"), ("ce-subject", "Euro%20%E2%82%AC"), ("CE-Tenant", "\"a \\\"b\\\"\""));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        string record = Assert.Single(await api.LandedAsync("shop", "orders"));
        foreach (string member in (string[])["\"id\":\"7\"", "\"subject\":\"Euro €\"", "\"tenant\":\"a \\\"b\\\"\"", "\"datacontenttype\":\"application/json\""])
            Assert.Contains(member, record);
    }

    [Fact]
    public async Task the_kind_and_id_of_a_delivery_that_are_only_in_headers_are_kept()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await api.PushAsync("""{"id":1}""", headers: [("X-GitHub-Event", "issues"), ("X-GitHub-Delivery", "d-1"), ("Authorization", "Bearer x")]);
        Assert.Equal(["""{"id":1,"_event":{"id":"d-1","type":"issues"}}"""], await api.LandedAsync("shop", "orders"));
    }

    [Fact]
    public async Task a_compressed_body_is_unpacked_and_signed_as_it_was_sent()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.PushAsync(Webhook.Gzip("""{"id":1}"""u8.ToArray()), headers: [("Content-Encoding", "gzip")]);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(["""{"id":1}"""], await api.LandedAsync("shop", "orders"));
    }

    [Fact]
    public async Task a_body_sent_twice_gives_the_same_record()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await api.PushAsync("""{"id":1}""");
        api.Stores.Time.Advance(TimeSpan.FromSeconds(5));
        await api.PushAsync("""{"id":1}""");
        Assert.Single((await api.LandedAsync("shop", "orders")).Distinct());
    }

    [Fact]
    public async Task many_senders_at_once_lose_nothing()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        var responses = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => api.PushAsync($$"""[{"id":{{2 * i}}},{"id":{{(2 * i) + 1}}}]""")));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.Accepted, response.StatusCode));
        var landed = await api.LandedAsync("shop", "orders");
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $$"""{"id":{{i}}}""").Order(), landed.Order());
    }

    [Fact]
    public async Task what_is_acknowledged_in_one_instant_is_not_lost_even_if_it_is_equal()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await Task.WhenAll(api.PushAsync("""{"id":1}"""), api.PushAsync("""{"id":1}"""));
        Assert.All(await api.LandedAsync("shop", "orders"), record => Assert.Equal("""{"id":1}""", record));
        Assert.Equal(2, await api.Stores.Queue.CountAsync(QueueNames.Transform));
    }
}
