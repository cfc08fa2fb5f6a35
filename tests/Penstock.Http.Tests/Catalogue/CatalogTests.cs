using System.Net;
using System.Text.Json;
using Penstock.Http.Problems;

namespace Penstock.Http.Tests.Catalogue;

public class CatalogTests
{
    [Fact]
    public async Task the_catalogue_has_every_stream_that_can_run()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement catalog = await (await api.Client.GetAsync("/api/catalog")).JsonAsync();
        JsonElement[] items = [.. catalog.GetProperty("items").EnumerateArray()];
        Assert.Contains(items, item => item.GetProperty("pipeline").GetString() == "shop" && item.GetProperty("kind").GetString() == "received");
        Assert.DoesNotContain(items, item => item.TryGetProperty("samples", out _));
    }

    [Theory]
    [InlineData("runs", "slices_failed", "integer")]
    [InlineData("quality", "taken_at", "timestamp")]
    public async Task what_penstock_says_of_itself_has_a_contract_and_fields(string stream, string field, string type)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement catalog = await (await api.Client.GetAsync("/api/catalog")).JsonAsync();
        JsonElement item = catalog.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("pipeline").GetString() == "penstock" && one.GetProperty("stream").GetString() == stream);
        Assert.Equal($"urn:penstock:contract:penstock:{stream}", item.GetProperty("contract").GetProperty("id").GetString());
        Assert.Contains(item.GetProperty("fields").EnumerateArray(), one => one.GetProperty("path").GetString() == field && one.GetProperty("type").GetString() == type);
    }

    [Fact]
    public async Task the_lineage_is_a_graph_whose_edges_have_both_ends()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement graph = await (await api.Client.GetAsync("/api/lineage?pipeline=shop")).JsonAsync();
        var ids = graph.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()).ToHashSet();
        Assert.NotEmpty(graph.GetProperty("edges").EnumerateArray());
        Assert.All(graph.GetProperty("edges").EnumerateArray(), edge => Assert.True(ids.Contains(edge.GetProperty("from").GetString()) && ids.Contains(edge.GetProperty("to").GetString())));
    }

    [Fact]
    public async Task the_costs_are_of_a_week_unless_it_is_said_otherwise()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement report = await (await api.Client.GetAsync("/api/cost")).JsonAsync();
        DateOnly from = DateOnly.Parse(report.GetProperty("from").GetString()!), to = DateOnly.Parse(report.GetProperty("to").GetString()!);
        Assert.Equal(7, to.DayNumber - from.DayNumber);
        Assert.Equal("USD", report.GetProperty("prices").GetProperty("currency").GetString());
    }

    [Theory]
    [InlineData("/api/catalog?pipeline=nothing", HttpStatusCode.NotFound, "unknown-pipeline")]
    [InlineData("/api/catalog?pipeline=shop&stream=nothing", HttpStatusCode.NotFound, "unknown-stream")]
    [InlineData("/api/catalog?stream=orders", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("/api/catalog?samples=1000", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("/api/catalog?samples=some", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("/api/lineage?pipeline=nothing", HttpStatusCode.NotFound, "unknown-pipeline")]
    [InlineData("/api/cost?pipeline=nothing", HttpStatusCode.NotFound, "unknown-pipeline")]
    [InlineData("/api/cost?from=yesterday", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("/api/cost?from=2026-01-01&to=2026-03-01", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("/api/cost?from=2026-01-02&to=2026-01-01", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("/api/runs/shop/orders/nothing?wait=10", HttpStatusCode.NotFound, "unknown-run")]
    [InlineData("/api/runs/shop/orders/nothing?wait=61", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("/api/runs/shop/orders/nothing?wait=-1", HttpStatusCode.BadRequest, "bad-request")]
    public async Task what_makes_no_sense_is_a_problem(string url, HttpStatusCode status, string type)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.Client.GetAsync(url);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal($"urn:penstock:problem:{type}", (await response.JsonAsync()).GetProperty("type").GetString());
    }
}
