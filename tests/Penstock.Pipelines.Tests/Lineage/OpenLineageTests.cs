using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Connectors.Errors;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Lineage;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Lineage;

public class OpenLineageTests
{
    [Fact]
    public async Task a_run_is_told_from_its_start_to_its_end()
    {
        PenstockWorld world = World();
        await world.PlanAsync();
        await WatchAsync(world);
        await world.RunUntilQuietAsync();
        await WatchAsync(world);
        List<JsonObject> events = await EventsAsync(world);
        Assert.Equal(["COMPLETE", "START"], events.Select(Type).Order());
        Assert.Single(events.Select(RunId).Distinct());
        JsonObject complete = events.Single(one => Type(one) == "COMPLETE");
        Assert.Equal("sample.numbers", (string?)complete["job"]!["name"]);
        Assert.Equal(20, (int)Output(complete, 0)["outputFacets"]!["outputStatistics"]!["rowCount"]!);
        Assert.Equal(20, (int)Output(complete, 1)["outputFacets"]!["outputStatistics"]!["rowCount"]!);
        Assert.Equal("sample/numbers", (string?)Output(complete, 1)["name"]);
    }

    [Fact]
    public async Task a_run_between_two_looks_is_told_all_the_same_and_only_once()
    {
        PenstockWorld world = World();
        await world.RunUntilQuietAsync();
        await WatchAsync(world);
        await WatchAsync(world);
        Assert.Equal(2, (await EventsAsync(world)).Count);
        await foreach (BlobEntry _ in world.Stores.Blobs.ListAsync(LineageNote.Folder))
            Assert.Fail("The note of a run whose end is told must be gone.");
    }

    [Fact]
    public async Task a_run_that_goes_on_is_told_to_each_quarter_of_an_hour()
    {
        PenstockWorld world = World();
        world.Stream.Interruption = (_, _) => new ReadWaits(world.Time.GetUtcNow().AddHours(2), "quota");
        await world.PlanAsync();
        for (int i = 0; i < 7; i++)
        {
            await WatchAsync(world);
            world.Time.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(["RUNNING", "RUNNING", "START"], (await EventsAsync(world)).Select(Type).Order());
    }

    [Fact]
    public async Task a_run_that_failed_says_why()
    {
        PenstockWorld world = World();
        world.Stream.Interruption = (_, _) => new ReadFailed(new SourceError(SourceErrorKind.Config, "the key is wrong"));
        await world.RunUntilQuietAsync();
        await WatchAsync(world);
        JsonObject fail = (await EventsAsync(world)).Single(one => Type(one) == "FAIL");
        Assert.Contains("the key is wrong", (string?)fail["run"]!["facets"]!["errorMessage"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_run_that_was_stopped_is_aborted()
    {
        PenstockWorld world = World();
        await world.PlanAsync();
        RunReference run = await RunAsync(world);
        await world.Get<OperateStage>().RunAsync(new CancelRun(run));
        await WatchAsync(world);
        Assert.Equal(["ABORT", "START"], (await EventsAsync(world)).Select(Type).Order());
    }

    [Fact]
    public async Task a_backfill_is_its_runs_parent_and_says_its_window()
    {
        PenstockWorld world = World();
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = null };
        await world.Get<OperateStage>().RunAsync(new StartBackfill("sample", ["numbers"], DateTimeOffset.FromUnixTimeSeconds(0), DateTimeOffset.FromUnixTimeSeconds(10)));
        await world.RunUntilQuietAsync();
        await WatchAsync(world);
        JsonNode facets = (await EventsAsync(world))[0]["run"]!["facets"]!;
        Assert.Equal("sample.backfill", (string?)facets["parent"]!["job"]!["name"]);
        Assert.Equal("1970-01-01T00:00:10Z", (string?)facets["nominalTime"]!["nominalEndTime"]);
    }

    [Fact]
    public async Task the_contract_gives_fields_columns_and_what_was_asserted()
    {
        PenstockWorld world = World();
        var contract = new Contract("numbers", "1.2.0", [new ContractProperty { Name = "id", Type = LogicalType.String, Required = true }, new ContractProperty { Name = "name", Type = LogicalType.Integer }]);
        PipelineStream numbers = world.Pipelines.Pipeline.Streams[0] with { Contract = contract };
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Owner = "data@example.com", Description = "Numbers.", Streams = [numbers] };
        await world.RunUntilQuietAsync();
        await WatchAsync(world);
        JsonObject complete = (await EventsAsync(world)).Single(one => Type(one) == "COMPLETE");
        JsonNode assertion = complete["inputs"]![0]!["inputFacets"]!["dataQualityAssertions"]!["assertions"]![0]!;
        Assert.Equal(("numbers@1.2.0", false, "20 records in quarantine"), ((string?)assertion["name"], (bool)assertion["success"]!, (string?)assertion["actual"]));
        JsonNode curated = Output(complete, 1)["facets"]!;
        Assert.Equal(["id", "name"], curated["schema"]!["fields"]!.AsArray().Select(field => (string?)field!["name"]));
        JsonNode input = curated["columnLineage"]!["fields"]!["id"]!["inputFields"]![0]!;
        Assert.Equal(("numbers", "id", "IDENTITY"), ((string?)input["name"], (string?)input["field"], (string?)input["transformations"]![0]!["subtype"]));
        Assert.Equal("data@example.com", (string?)complete["job"]!["facets"]!["ownership"]!["owners"]![0]!["name"]);
    }

    [Fact]
    public async Task every_facet_names_its_producer_and_its_schema()
    {
        PenstockWorld world = World();
        await world.RunUntilQuietAsync();
        await WatchAsync(world);
        foreach (JsonObject one in await EventsAsync(world))
        {
            Assert.StartsWith("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent", (string?)one["schemaURL"], StringComparison.Ordinal);
            JsonNode?[] facets = [.. AllFacets(one)];
            Assert.NotEmpty(facets);
            Assert.All(facets, facet =>
            {
                Assert.True(Uri.IsWellFormedUriString((string?)facet!["_producer"], UriKind.Absolute));
                Assert.Matches(@"^https://openlineage\.io/spec/facets/\d-\d-\d/\w+Facet\.json#/\$defs/\w+Facet$", (string?)facet["_schemaURL"]);
            });
        }
    }

    [Fact]
    public async Task where_nothing_is_told_nothing_is_noted()
    {
        var world = new PenstockWorld();
        await world.PlanAsync();
        await foreach (BlobEntry _ in world.Stores.Blobs.ListAsync(LineageNote.Folder))
            Assert.Fail("No note is needed.");
    }

    [Fact]
    public void a_runs_uuid_is_the_same_each_time_and_of_version_7()
    {
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123);
        Guid id = RunUuid.Of("penstock\np\ns\nr", at);
        Assert.Equal(id, RunUuid.Of("penstock\np\ns\nr", at));
        Assert.NotEqual(id, RunUuid.Of("penstock\np\ns\nq", at));
        Assert.Equal(7, id.Version);
        Assert.StartsWith("01a3185c-507b-7", id.ToString(), StringComparison.Ordinal);
    }

    private static PenstockWorld World()
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 20 }, services: services => services.AddSingleton(new LineageOptions { KeepsBlobs = true }));
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = new Every(TimeSpan.FromDays(1)) };
        return world;
    }

    private static Task<IReadOnlyList<string>> WatchAsync(PenstockWorld world) => world.Get<WatchStage>().RunAsync();

    private static async Task<RunReference> RunAsync(PenstockWorld world)
    {
        await foreach (OpenRunMarker open in world.Get<RunBook>().ListOpenAsync())
            return new RunReference(open.Pipeline, open.Stream, open.Run);
        throw new InvalidOperationException("No run goes on.");
    }

    private static async Task<List<JsonObject>> EventsAsync(PenstockWorld world)
    {
        var events = new List<JsonObject>();
        await foreach (BlobEntry entry in world.Stores.Blobs.ListAsync("ledger/openlineage/"))
            events.Add(JsonNode.Parse((await world.Stores.Blobs.GetAsync(entry.Name))!.Content.Span)!.AsObject());
        return events;
    }

    private static string? Type(JsonObject one) => (string?)one["eventType"];

    private static string? RunId(JsonObject one) => (string?)one["run"]!["runId"];

    private static JsonNode Output(JsonObject one, int n) => one["outputs"]![n]!;

    private static IEnumerable<JsonNode?> AllFacets(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key is "facets" or "inputFacets" or "outputFacets" ? member.Value!.AsObject().Select(facet => facet.Value) : member.Value is null ? [] : AllFacets(member.Value)),
        JsonArray items => items.SelectMany(item => AllFacets(item!)),
        _ => [],
    };
}
