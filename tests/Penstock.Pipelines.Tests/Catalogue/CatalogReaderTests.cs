using System.Text;
using Penstock.Pipelines.Catalogue;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Lineage;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Ports;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Catalogue;

public class CatalogReaderTests
{
    private static readonly Contract Contract = new("numbers", "1.0.0",
    [
        new ContractProperty { Name = "id", Type = LogicalType.String, Required = true, Unique = true },
        new ContractProperty { Name = "updated", Type = LogicalType.Integer },
        new ContractProperty { Name = "name", Type = LogicalType.String, Classification = "personal" },
        new ContractProperty { Name = "home", Type = LogicalType.Object, Properties = [new ContractProperty { Name = "street", Classification = "personal" }, new ContractProperty { Name = "city" }] },
    ])
    { Owner = "numbers team" };

    private readonly PenstockWorld _world = new(new ScriptedStream { Count = 20 });

    [Fact]
    public async Task an_entry_says_what_a_stream_is_and_how_it_is()
    {
        Declare(Contract, freshness: TimeSpan.FromHours(1));
        await _world.RunUntilQuietAsync();
        CatalogEntry entry = Assert.Single((await ReadAsync("numbers")).Items);
        Assert.Equal(("pulled", "numbers team", "1.0.0"), (entry.Kind, entry.Owner, entry.Contract!.Version));
        Assert.Equal(["id", "updated", "name", "home.street", "home.city"], entry.Fields.Select(field => field.Path));
        Assert.True(entry.Fields[0] is { Required: true, Unique: true, Change: "identity" });
        Assert.Equal(20, entry.Volume.Read);
        Assert.Equal(("completed", 20), (entry.LastRun!.Status, entry.LastRun.Landed));
        Assert.True(entry.Freshness.IsKept);
        _world.Time.Advance(TimeSpan.FromHours(2));
        Assert.False((await ReadAsync("numbers")).Items[0].Freshness.IsKept);
    }

    [Fact]
    public async Task without_a_contract_the_connectors_schema_gives_the_fields()
    {
        IReadOnlyList<SchemaField> fields = SchemaFields.Of(Encoding.UTF8.GetBytes("""
            {"type":"object","required":["id"],"properties":{"id":{"type":["null","integer"]},"at":{"type":"string","format":"date-time"},
             "tags":{"type":"array","items":{"type":"object","properties":{"key":{"type":"string"}}}},"odd":true}}
            """));
        Assert.Equal([("id", "integer"), ("at", "timestamp"), ("tags.key", "string"), ("odd", "any")], SchemaField.Leaves(fields).Select(leaf => (leaf.Path, leaf.Field.Type)));
        Assert.True(fields[0].Required);
        Assert.Empty(SchemaFields.Of("nonsense"u8.ToArray()));
        Assert.Equal("numbers", (await ReadAsync("numbers")).Items[0].Stream);
    }

    [Fact]
    public async Task samples_hide_what_is_classified_and_show_nothing_that_isnt_declared()
    {
        Declare(Contract);
        await CurateAsync("""{"id":"1","updated":1,"name":"Ada","home":{"street":"Main St","city":"Leeds","flat":3},"extra":"secret"}""");
        var sample = (await ReadAsync("numbers", samples: 3)).Items[0].Samples!.Single();
        Assert.Equal("""{"id":"1","updated":1,"name":"•••","home":{"street":"•••","city":"Leeds"}}""", System.Text.RegularExpressions.Regex.Unescape(sample.GetRawText()));
    }

    [Fact]
    public async Task samples_show_what_the_pipeline_has_masked_as_it_was_masked()
    {
        Declare(Contract, mask: new StreamMask([new PathMask("name", new RedactValue())], MaskKeyVersions.Default));
        await CurateAsync("""{"id":"1","updated":1,"name":"***"}""");
        CatalogEntry entry = (await ReadAsync("numbers", samples: 1)).Items[0];
        Assert.Contains("\"name\":\"***\"", entry.Samples![0].GetRawText(), StringComparison.Ordinal);
        Assert.True(entry.Fields.Single(field => field.Path == "name").IsMasked);
    }

    [Fact]
    public async Task lineage_leads_from_the_source_over_the_stream_and_raw_to_curated()
    {
        Declare(Contract);
        LineageGraph graph = LineageGraph.Of(await _world.Get<CatalogReader>().ReadLineageAsync("sample"));
        Assert.Equal(["source", "stream", "raw", "curated"], graph.Nodes.Where(node => node.Stream is "numbers" || node.Name == "numbers").OrderBy(node => "soustrawcur".IndexOf(node.Kind[..3], StringComparison.Ordinal)).Select(node => node.Kind));
        Assert.All(graph.Edges, edge => Assert.Contains(graph.Nodes, node => node.Id == edge.From));
        Assert.Contains(graph.Nodes, node => node is { Kind: "source", Namespace: "eventhub", Name: "orders" });
        ColumnEdge column = graph.Columns.Single(edge => edge.Field == "home.city");
        Assert.Equal(("home.city", "identity"), (column.Input, column.Change));
    }

    private void Declare(Contract? contract, TimeSpan? freshness = null, StreamMask? mask = null)
    {
        Pipeline pipeline = _world.Pipelines.Pipeline;
        PipelineStream numbers = pipeline.Streams[0] with { Contract = contract, Freshness = freshness, Mask = mask };
        _world.Pipelines.Pipeline = pipeline with { Schedule = new Every(TimeSpan.FromDays(1)), Streams = [numbers, pipeline.Streams[1]] };
    }

    private async Task CurateAsync(string record) => await _world.Stores.Curated.UpsertAsync(
        new CuratedTable("sample", "numbers"), [new CuratedRecord("1", "1", Encoding.UTF8.GetBytes(record))]);

    private ValueTask<DataCatalog> ReadAsync(string stream, int samples = 0) => _world.Get<CatalogReader>().ReadAsync("sample", stream, samples);
}
