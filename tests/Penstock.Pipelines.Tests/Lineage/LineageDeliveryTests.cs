using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Lineage;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Testing;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Lineage;

public class LineageDeliveryTests
{
    private static readonly LineageOptions Options = new() { Url = new Uri("http://marquez:5000"), ApiKeySecret = "lineage-key" };
    private readonly MemoryStores _stores = new();

    [Fact]
    public async Task an_event_is_posted_with_its_key_to_the_usual_path()
    {
        _stores.Secrets.Set("lineage-key", "s3cret");
        var server = new Server(HttpStatusCode.Created);
        Assert.IsType<Delivered>(await SendAsync(server));
        HttpRequestMessage request = Assert.Single(server.Requests);
        Assert.Equal("http://marquez:5000/api/v1/lineage", request.RequestUri!.AbsoluteUri);
        Assert.Equal("Bearer s3cret", request.Headers.Authorization!.ToString());
    }

    [Fact]
    public async Task an_address_with_a_path_stays_as_it_is() =>
        Assert.Equal("https://x.example/lineage/v2", (await PostedAsync(new LineageOptions { Url = new Uri("https://x.example/lineage/v2") })).RequestUri!.AbsoluteUri);

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public async Task what_may_pass_is_tried_again(HttpStatusCode status)
    {
        _stores.Secrets.Set("lineage-key", "s3cret");
        Assert.Contains($"{(int)status}", Assert.IsType<NotDelivered>(await SendAsync(new Server(status))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_refused_event_isnt_sent_again()
    {
        _stores.Secrets.Set("lineage-key", "s3cret");
        Assert.IsType<EventRefused>(await SendAsync(new Server(HttpStatusCode.UnprocessableEntity)));
    }

    [Fact]
    public async Task a_missing_key_is_told_and_nothing_is_sent()
    {
        var server = new Server(HttpStatusCode.OK);
        Assert.Contains("no secret 'lineage-key'", Assert.IsType<NotDelivered>(await SendAsync(server)).Reason, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task a_server_that_is_down_raises_one_alert_fails_no_run_and_is_told_all_later()
    {
        var server = new Server(null);
        var options = new LineageOptions { Url = new Uri("http://marquez:5000") };
        var world = new PenstockWorld(new ScriptedStream { Count = 20 }, services: services => services.AddSingleton(options));
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = new Every(TimeSpan.FromDays(1)) };
        var monitor = ActivatorUtilities.CreateInstance<LineageMonitor>(world.Services, new LineageDelivery(world.Stores.Blobs, world.Stores.Secrets, options, server));
        await world.RunUntilQuietAsync();
        Assert.Equal(20, (await world.CuratedAsync()).Split('\n').Length);
        Assert.Contains("marquez can't be reached", Assert.Single(await LookAsync(monitor)), StringComparison.Ordinal);
        Assert.Empty(await LookAsync(monitor));

        server.Answer = HttpStatusCode.OK;
        Assert.Equal(["over: lineage openlineage"], await LookAsync(monitor));
        Assert.Equal(["START", "COMPLETE"], server.Bodies.Select(body => (string?)JsonNode.Parse(body)!["eventType"]));
        Assert.Empty(await LookAsync(monitor));
        Assert.Equal(2, server.Bodies.Count);
    }

    private async Task<HttpRequestMessage> PostedAsync(LineageOptions options)
    {
        var server = new Server(HttpStatusCode.OK);
        using var delivery = new LineageDelivery(_stores.Blobs, _stores.Secrets, options, server);
        await delivery.SendAsync("e", DateTimeOffset.UnixEpoch, []);
        return server.Requests[0];
    }

    private async Task<DeliveryOutcome> SendAsync(Server server)
    {
        using var delivery = new LineageDelivery(_stores.Blobs, _stores.Secrets, Options, server);
        return await delivery.SendAsync("e", DateTimeOffset.UnixEpoch, []);
    }

    private static async Task<List<string>> LookAsync(LineageMonitor monitor)
    {
        var lines = new List<string>();
        await foreach (string line in monitor.LookAsync())
            lines.Add(line);
        return lines;
    }

    /// <summary>A server in memory; without an answer it is down.</summary>
    private sealed class Server(HttpStatusCode? answer) : HttpMessageHandler
    {
        public HttpStatusCode? Answer { get; set; } = answer;

        public List<HttpRequestMessage> Requests { get; } = [];

        public List<string> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Answer is not { } status)
                throw new HttpRequestException(HttpRequestError.ConnectionError);
            Requests.Add(request);
            Bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage(status);
        }
    }
}
