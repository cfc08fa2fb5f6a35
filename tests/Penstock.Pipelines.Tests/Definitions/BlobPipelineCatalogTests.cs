using System.Text;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Testing;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Definitions;

public sealed class BlobPipelineCatalogTests
{
    private readonly MemoryStores _stores = new();
    private readonly Faults _calls = new(_ => false);
    private readonly BlobPipelineCatalog _catalog;

    public BlobPipelineCatalogTests() => _catalog = new BlobPipelineCatalog(new FaultyBlobStore(_stores.Blobs, _calls), _stores.Time);

    [Fact]
    public async Task pipelines_are_read_from_blobs()
    {
        await PutAsync("orders");

        Assert.Equal("orders", Assert.IsType<UsablePipeline>(Assert.Single(await _catalog.ListAsync())).Name);
        Assert.IsType<UsablePipeline>(await _catalog.FindAsync("orders"));
        Assert.Null(await _catalog.FindAsync("payments"));
    }

    [Fact]
    public async Task the_blobs_are_not_listed_again_for_a_while_however_often_the_catalogue_is_asked()
    {
        await PutAsync("orders");
        await _catalog.ListAsync();
        int calls = _calls.Calls;

        await _catalog.ListAsync();
        _stores.Time.Advance(TimeSpan.FromSeconds(14));
        await _catalog.ListAsync();

        Assert.Equal(calls, _calls.Calls);
    }

    [Fact]
    public async Task a_pipeline_that_was_deployed_is_seen_soon()
    {
        Assert.Empty(await _catalog.ListAsync());
        await PutAsync("orders");
        _stores.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.Single(await _catalog.ListAsync());
    }

    private async Task PutAsync(string name) => await _stores.Blobs.PutIfAbsentAsync(
        $"config/pipelines/{name}/pipeline.yaml",
        Encoding.UTF8.GetBytes($"pipeline: {name}\nstreams: [{{stream: a, receive: {{event_hub: a}}, key: [id]}}]"));
}
