using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Tests.Watching;

namespace Penstock.Pipelines.Tests.Definitions;

/// <summary>What Penstock says of itself keeps the contracts that it is shipped with.</summary>
public class SystemContractTests
{
    [Theory]
    [InlineData(SystemPipeline.QualityStream, "blob,column,replay")]
    [InlineData(SystemPipeline.RunsStream, "pipeline,stream,run")]
    public void each_stream_has_a_contract_with_its_key_and_nothing_that_is_not_run(string name, string key)
    {
        PipelineStream stream = SystemPipeline.Entry.Pipeline.Find(name)!;
        Assert.Equal(key, string.Join(',', stream.Contract!.PrimaryKey));
        Assert.Equal(stream.Contract.PrimaryKey, stream.Key);
        Assert.Empty(stream.Contract.Notes);
        Assert.Contains(stream.Contract.Properties, property => property.Name == stream.Version);
    }

    [Fact]
    public async Task every_record_of_runs_and_quality_keeps_its_contract_and_has_no_column_that_it_does_not_declare()
    {
        var fixture = new MonitorFixture();
        fixture.Orders = fixture.Orders with
        {
            Contract = MonitorFixture.Contract("{name: id, logicalType: integer}, {name: total, logicalType: integer, unique: true}, {name: at, logicalType: date}"),
        };
        await fixture.PushAsync(
            """{"id":1,"updated":1,"total":5,"at":"2026-01-01","ok":true,"lines":[{"n":1.5}],"x":{}}""",
            """{"id":2,"updated":2,"total":"5","at":null}""", """{"id":3,"updated":2,"total":5}""", "no JSON");
        await fixture.World.Get<RunBook>().BeginIncrementalAsync("sample", "numbers", fixture.World.Time.GetUtcNow());
        for (int minute = 0; minute < 10; minute++)
        {
            await fixture.World.PlanAsync();
            await fixture.World.WorkAsync();
            await fixture.WatchAsync();
        }

        Assert.InRange(await CheckAsync(fixture, SystemPipeline.QualityStream), 8, 1_000);
        Assert.InRange(await CheckAsync(fixture, SystemPipeline.RunsStream), 1, 100);
    }

    private static async Task<int> CheckAsync(MonitorFixture fixture, string stream)
    {
        Contract contract = SystemPipeline.Entry.Pipeline.Find(stream)!.Contract!;
        var pass = new RecordPass(new PassSetup(contract, new DriftPolicy(DriftMode.Evolve, DriftMode.DiscardRow, DriftMode.DiscardRow)));
        int records = 0;
        await foreach (CuratedRecord record in fixture.World.Stores.Curated.ReadAsync(new CuratedTable(SystemPipeline.Name, stream)))
        {
            string json = Encoding.UTF8.GetString(record.Json.Span);
            Assert.True(pass.Check(record.Json.Span) is null, json);
            string[] other = [.. JsonDocument.Parse(json).RootElement.EnumerateObject().Select(member => member.Name).Except(contract.Properties.Select(property => property.Name))];
            Assert.All(other, name => Assert.True(name.StartsWith("rule:", StringComparison.Ordinal) || name.StartsWith("drift:", StringComparison.Ordinal), $"{name} in {json}"));
            records++;
        }

        return records;
    }
}
