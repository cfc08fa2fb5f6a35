using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Definitions;
using YamlDotNet.RepresentationModel;

namespace Penstock.Cli.Tests.Commands;

public sealed class InsightCommandTests : IDisposable
{
    private readonly CommandRun _run = new CommandRun()
        .With("pipelines/shop/pipeline.yaml", """
            pipeline: shop
            description: Orders | of the shop, <b>pushed</b>.
            owner: data@example.com
            streams:
              - stream: orders
                receive: { event_hub: orders }
                key: [order_id]
                version: updated_at
                contract: orders.odcs.yaml
                freshness: PT90M
                mask: { email: redact }
            """)
        .With("pipelines/shop/orders.odcs.yaml", """
            apiVersion: v3.1.0
            kind: DataContract
            id: orders
            version: 1.0.0
            status: active
            schema:
              - name: orders
                properties:
                  - { name: order_id, logicalType: string, required: true, primaryKey: true }
                  - { name: email, logicalType: string, classification: personal }
                  - { name: updated_at, logicalType: timestamp }
                  - name: state
                    logicalType: string
                    quality: [{ metric: invalidValues, arguments: { validValues: [open, paid] }, mustBe: 0 }]
                  - name: home
                    logicalType: object
                    properties: [{ name: city, logicalType: string }]
            """);

    [Fact]
    public async Task the_catalogue_is_a_table_json_and_pages()
    {
        (int exit, string table, string error) = await _run.RunAsync("catalog");
        Assert.True(exit == ExitCode.Ok, error);
        Assert.Contains("orders@1.0.0", table, StringComparison.Ordinal);
        (_, string json, _) = await _run.RunAsync("catalog", "shop/orders", "--json");
        Assert.Equal("orders", JsonDocument.Parse(json).RootElement.GetProperty("items")[0].GetProperty("stream").GetString());
        await _run.RunAsync("catalog", "--format", "markdown");
        string page = await File.ReadAllTextAsync(Path.Combine(_run.Folder, "catalog", "shop.orders.md"));
        Assert.Contains("| `home.city` | string |", page, StringComparison.Ordinal);
        Assert.Contains(@"Orders \| of the shop", await File.ReadAllTextAsync(Path.Combine(_run.Folder, "catalog", "index.md")), StringComparison.Ordinal);
        await _run.RunAsync("catalog", "--format", "html");
        string html = await File.ReadAllTextAsync(Path.Combine(_run.Folder, "catalog", "index.html"));
        Assert.Contains("&lt;b&gt;pushed&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>pushed", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_catalogues_odcs_document_is_a_contract_that_a_pipeline_can_have()
    {
        await _run.RunAsync("catalog", "--format", "odcs");
        File.Copy(Path.Combine(_run.Folder, "catalog", "shop.orders.odcs.yaml"), Path.Combine(_run.Folder, "pipelines/shop/orders.odcs.yaml"), overwrite: true);
        var entry = await new FolderPipelineCatalog(Path.Combine(_run.Folder, "pipelines")).FindAsync("shop");
        Contract contract = Assert.IsType<UsablePipeline>(entry).Pipeline.Streams[0].Contract!;
        Assert.Equal(["order_id"], contract.PrimaryKey);
        Assert.Equal(["order_id", "email", "updated_at", "state", "home"], contract.Properties.Select(property => property.Name));
        Assert.Equal(TimeSpan.FromMinutes(90), contract.Freshness);
    }

    [Fact]
    public async Task dbts_sources_have_tests_and_freshness_from_contracts()
    {
        (int exit, string text, _) = await _run.RunAsync("dbt", "sources", "--schema", "lake", "--database", "prod");
        Assert.Equal(ExitCode.Ok, exit);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var source = (YamlMappingNode)((YamlSequenceNode)((YamlMappingNode)yaml.Documents[0].RootNode)["sources"])[0];
        Assert.Equal(("shop", "lake", "prod"), ((string?)source["name"], (string?)source["schema"], (string?)source["database"]));
        var table = (YamlMappingNode)((YamlSequenceNode)source["tables"])[0];
        Assert.Equal("updated_at", (string?)table["loaded_at_field"]);
        Assert.Equal("90", (string?)((YamlMappingNode)((YamlMappingNode)table["freshness"])["warn_after"])["count"]);
        var columns = ((YamlSequenceNode)table["columns"]).Cast<YamlMappingNode>().ToDictionary(column => (string)column["name"]!);
        Assert.Equal(["not_null", "unique"], ((YamlSequenceNode)columns["order_id"]["data_tests"]).Select(test => (string?)test));
        Assert.Contains("accepted_values", text, StringComparison.Ordinal);
        Assert.Contains("masked: true", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task lineage_shows_what_flows_where_and_each_column()
    {
        (_, string text, _) = await _run.RunAsync("lineage", "shop/orders");
        Assert.Contains("source   eventhub  orders", text, StringComparison.Ordinal);
        Assert.Contains("masked: redact", text, StringComparison.Ordinal);
        (_, string json, _) = await _run.RunAsync("lineage", "--json");
        JsonElement[] nodes = [.. JsonDocument.Parse(json).RootElement.GetProperty("nodes").EnumerateArray()];
        Assert.Equal(4, nodes.Count(node => !node.TryGetProperty("pipeline", out JsonElement of) || of.GetString() != "penstock"));
        // What Penstock says of itself is data too.
        Assert.Contains(nodes, node => node.GetRawText().Contains("penstock/runs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("There is no pipeline 'nothing'.", "There are: shop.", "catalog", "nothing")]
    [InlineData("has no stream 'nothing'", "There are: orders.", "lineage", "shop/nothing")]
    [InlineData("There is no pipeline 'nothing'.", "There are: shop.", "cost", "nothing")]
    [InlineData("90 days", "Give 1 to 31", "cost", "--days", "90")]
    [InlineData("can't be reached", "Start a host", "catalog", "--url", "http://127.0.0.1:1")]
    public async Task what_cant_be_done_says_why_and_what_to_do(string problem, string next, params string[] args)
    {
        (int exit, _, string error) = await _run.RunAsync(args);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.Contains(next, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task costs_are_in_the_currency_of_the_price_list()
    {
        (_, string text, _) = await _run.With("pipelines/prices.yaml", "currency: EUR\nas_of: 2027-01\n").RunAsync("cost");
        Assert.Contains("EUR", text, StringComparison.Ordinal);
        (int exit, _, string error) = await _run.With("pipelines/prices.yaml", "currency: 7\n").RunAsync("cost");
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("prices.yaml:1: currency: '7' isn't a currency.", error, StringComparison.Ordinal);
    }

    public void Dispose() => _run.Dispose();
}
