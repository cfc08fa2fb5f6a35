using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Reading;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Watching.Figures;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Watching;

/// <summary>A world whose stream <c>orders</c> is pushed, with a contract, watched each minute.</summary>
internal sealed class MonitorFixture
{
    public PenstockWorld World { get; } = new();

    public PipelineStream Orders
    {
        get => World.Pipelines.Pipeline.Find("orders")!;
        set => World.Pipelines.Pipeline = World.Pipelines.Pipeline with { Streams = [.. World.Pipelines.Pipeline.Streams.Where(one => one.Name != "orders"), value] };
    }

    public static Contract Contract(string properties, string quality = "", string version = "1.0.0")
    {
        var problems = new List<DefinitionProblem>();
        Contract? contract = ContractFile.Read(
            $"{{apiVersion: v3.1.0, kind: DataContract, id: orders, version: {version}, status: active, team: {{name: shop}}, schema: [{{name: orders, quality: [{quality}], properties: [{properties}]}}]}}",
            "orders", new Problems("c.yaml", problems));
        Assert.Empty(problems);
        return contract!;
    }

    /// <summary>Pushes records now, and transforms them.</summary>
    public async Task PushAsync(params IEnumerable<string> records)
    {
        var batch = new ReceivedBatch("sample", "orders", "webhook", World.Time.GetUtcNow(), [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))]);
        Assert.IsType<BatchLanded>(await World.Get<ReceiveStage>().RunAsync(batch));
        await World.WorkAsync();
    }

    /// <summary>Watches each minute; gives what was found.</summary>
    public async Task<IReadOnlyList<string>> WatchAsync(int minutes = 1)
    {
        var findings = new List<string>();
        for (int minute = 0; minute < minutes; minute++)
        {
            World.Time.Advance(TimeSpan.FromMinutes(1));
            findings.AddRange(await World.Get<WatchStage>().RunAsync());
            await World.WorkAsync();
        }

        return findings;
    }

    /// <summary>Gives the stream a past.</summary>
    public async Task RememberAsync(IEnumerable<HourFigures> hours) => Assert.NotNull(await World.Get<DocumentStore>().CreateAsync(
        StreamFigures.NameFor("sample", "orders"),
        new StreamFigures { Pipeline = "sample", Stream = "orders", Hours = [.. hours.OrderBy(hour => hour.Hour)], ReadUntil = World.Time.GetUtcNow() }));
}
