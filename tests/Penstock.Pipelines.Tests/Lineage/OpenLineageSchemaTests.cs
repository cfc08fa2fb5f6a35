extern alias schemas;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Connectors.Errors;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Lineage;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;
using schemas::Json.Schema;

namespace Penstock.Pipelines.Tests.Lineage;

/// <summary>
/// Every kind of event against JSON Schemas: one of our own, and the public ones, where they lie beside the repository
/// (<c>../shared/openlineage</c>) or in the folder that the variable <c>OPENLINEAGE_SCHEMAS</c> names; they are no part of it.
/// </summary>
public class OpenLineageSchemaTests
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    [Fact]
    public async Task every_kind_of_event_is_as_openlineage_has_it()
    {
        JsonSchema own = JsonSchema.FromText(RunEventSchema.Text);
        JsonSchema? published = Published();
        var kinds = new HashSet<string>();
        await foreach (JsonObject one in EventsAsync())
        {
            kinds.Add($"{one["eventType"]} {one["job"]!["facets"]!["jobType"]!["processingType"]}");
            AssertValid(own, one, one);
            if (published is null)
                continue;
            AssertValid(published, one, one);
            foreach (JsonObject facet in Facets(one))
                AssertValid(JsonSchema.FromText($$"""{"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"{{facet["_schemaURL"]}}"}"""), facet, one);
        }

        Assert.Equal(["ABORT BATCH", "COMPLETE BATCH", "COMPLETE STREAMING", "FAIL BATCH", "RUNNING BATCH", "START BATCH", "START STREAMING"], kinds.Order());
    }

    [Theory]
    [InlineData("""$["run"]""", "runId", "\"not a uuid\"")]
    [InlineData("""$["job"]""", "name", null)]
    [InlineData("""$["job"]["facets"]["jobType"]""", "_schemaURL", null)]
    [InlineData("$", "eventTime", "\"yesterday\"")]
    public async Task an_event_that_isnt_is_found(string place, string member, string? value)
    {
        JsonObject one = await EventsAsync().FirstAsync();
        JsonObject at = place.Split(['[', ']', '"', '$'], StringSplitOptions.RemoveEmptyEntries).Aggregate(one, (node, name) => node[name]!.AsObject());
        if (value is null)
            at.Remove(member);
        else
            at[member] = JsonNode.Parse(value);
        Assert.False(JsonSchema.FromText(RunEventSchema.Text).Evaluate(one, Options).IsValid);
    }

    private static void AssertValid(JsonSchema schema, JsonNode node, JsonObject of)
    {
        EvaluationResults results = schema.Evaluate(node, Options);
        Assert.True(results.IsValid, $"{string.Join('\n', results.Details.Where(one => one.HasErrors).Select(one => $"{one.InstanceLocation}: {string.Join("; ", one.Errors!.Values)}"))}\n{of}");
    }

    private static JsonSchema? Published()
    {
        string? folder = Environment.GetEnvironmentVariable("OPENLINEAGE_SCHEMAS") is { Length: > 0 } named ? named : Shared();
        if (folder is null || !Directory.Exists(folder))
            return null;
        foreach (string file in Directory.EnumerateFiles(folder, "*.json"))
        {
            JsonSchema schema = JsonSchema.FromText(File.ReadAllText(file));
            SchemaRegistry.Global.Register(schema.BaseUri, schema);
        }

        return JsonSchema.FromText("""{"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"}""");
    }

    private static string? Shared()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
                return Path.Combine(folder.FullName, "..", "shared", "openlineage");
        }

        return null;
    }

    private static IEnumerable<JsonObject> Facets(JsonNode? node) => node switch
    {
        JsonObject facet when facet.ContainsKey("_schemaURL") => [facet],
        JsonObject members => members.SelectMany(member => Facets(member.Value)),
        JsonArray items => items.SelectMany(Facets),
        _ => [],
    };

    private static async IAsyncEnumerable<JsonObject> EventsAsync()
    {
        foreach (PenstockWorld world in (PenstockWorld[])[await CompletedAsync(), await FailedAsync(), await CancelledAsync(), await BackfilledAsync(), await ReceivedAsync()])
        {
            await foreach (BlobEntry entry in world.Stores.Blobs.ListAsync("ledger/openlineage/"))
                yield return JsonNode.Parse((await world.Stores.Blobs.GetAsync(entry.Name))!.Content.Span)!.AsObject();
        }
    }

    private static PenstockWorld World()
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 20 }, services: services => services.AddSingleton(new LineageOptions { KeepsBlobs = true }));
        var contract = new Contract("numbers", "1.2.0", [new ContractProperty { Name = "id", Type = LogicalType.String, Required = true }]);
        Pipeline sample = world.Pipelines.Pipeline;
        world.Pipelines.Pipeline = sample with
        {
            Schedule = new Every(TimeSpan.FromDays(1)), Owner = "data@example.com", Description = "Numbers.", Streams = [sample.Streams[0] with { Contract = contract }, sample.Streams[1]],
        };
        return world;
    }

    private static async Task<PenstockWorld> CompletedAsync()
    {
        PenstockWorld world = World();
        await world.RunUntilQuietAsync();
        return await ToldAsync(world);
    }

    private static async Task<PenstockWorld> FailedAsync()
    {
        PenstockWorld world = World();
        world.Stream.Interruption = (_, _) => new ReadFailed(new SourceError(SourceErrorKind.Config, "no such field"));
        await world.RunUntilQuietAsync();
        return await ToldAsync(world);
    }

    private static async Task<PenstockWorld> CancelledAsync()
    {
        PenstockWorld world = World();
        world.Stream.Interruption = (_, _) => new ReadWaits(world.Time.GetUtcNow().AddHours(2), "quota");
        await world.PlanAsync();
        await ToldAsync(world);
        world.Time.Advance(TimeSpan.FromMinutes(16));
        await ToldAsync(world);
        await foreach (OpenRunMarker open in world.Get<RunBook>().ListOpenAsync())
            await world.Get<OperateStage>().RunAsync(new CancelRun(new RunReference(open.Pipeline, open.Stream, open.Run)));
        return await ToldAsync(world);
    }

    private static async Task<PenstockWorld> BackfilledAsync()
    {
        PenstockWorld world = World();
        await world.Get<OperateStage>().RunAsync(new StartBackfill("sample", ["numbers"], DateTimeOffset.UnixEpoch, DateTimeOffset.FromUnixTimeSeconds(20), null));
        await world.RunUntilQuietAsync();
        return await ToldAsync(world);
    }

    private static async Task<PenstockWorld> ReceivedAsync()
    {
        PenstockWorld world = World();
        await ReceiveAsync(world, """{"id":1}""");
        await world.RunUntilQuietAsync();
        world.Time.Advance(TimeSpan.FromMinutes(70));
        return await ToldAsync(world);
    }

    private static async Task ReceiveAsync(PenstockWorld world, string record) => Assert.IsType<BatchLanded>(await world.Get<ReceiveStage>().RunAsync(
        new ReceivedBatch("sample", "orders", "test", world.Time.GetUtcNow(), [Encoding.UTF8.GetBytes(record)])));

    private static async Task<PenstockWorld> ToldAsync(PenstockWorld world)
    {
        await world.Get<WatchStage>().RunAsync();
        return world;
    }
}
