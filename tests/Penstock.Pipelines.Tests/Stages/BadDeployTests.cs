using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Tests.Watching;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Stages;

/// <summary>A source is deployed badly: a field turns from number to text in three records of a hundred.</summary>
public class BadDeployTests
{
    private const int EachMinute = 300;

    private readonly PenstockWorld _world = new(new ScriptedStream { Count = 0, WindowSize = 100, PageSize = 50, SlicesPerPlanStep = 100 });

    [Fact]
    public async Task the_alert_is_out_in_five_minutes_good_rows_are_curated_and_after_the_contract_is_mended_nothing_is_lost()
    {
        Use(MonitorFixture.Contract("{name: id}, {name: updated}, {name: total, logicalType: integer, required: true}"));
        bool isDeployed = false;
        _world.Stream.Text = n => isDeployed && (n % 100 is 0 or 33 or 66)
            ? $$"""{"id":"{{n}}","updated":{{n}},"total":"{{n}}"}"""
            : $$"""{"id":"{{n}}","updated":{{n}},"total":{{n}}}""";
        for (int minute = 0; minute < 5; minute++)
            Assert.DoesNotContain(await MinuteAsync(), line => line.StartsWith("ALERT", StringComparison.Ordinal));

        isDeployed = true;
        int goodBefore = _world.Stream.Count;
        DateTimeOffset deployed = _world.Time.GetUtcNow();
        var alerts = new List<(string Line, TimeSpan After)>();
        for (int minute = 0; minute < 5; minute++)
            alerts.AddRange((await MinuteAsync()).Where(line => line.StartsWith("ALERT", StringComparison.Ordinal)).Select(line => (line, _world.Time.GetUtcNow() - deployed)));
        int all = _world.Stream.Count;
        int bad = (all - goodBefore) * 3 / 100;
        Assert.Equal(["drift", "quarantine"], alerts.Select(alert => alert.Line.Split(' ')[1]).Order());
        Assert.All(alerts, alert => Assert.True(alert.After < TimeSpan.FromMinutes(5), $"{alert.Line} after {alert.After}"));
        Assert.Contains(alerts, alert => alert.Line.Contains("'total' is text instead of integer", StringComparison.Ordinal));
        Assert.Equal((all, all - bad, bad), await CountAsync());

        // The contract says now that such a text is meant as the number that it is, and just the records in quarantine run again.
        Use(MonitorFixture.Contract("{name: id}, {name: updated}, {name: total, logicalType: integer, required: true, customProperties: [{property: coerce, value: true}]}", version: "1.1.0"));
        QuarantineReplay replay = await _world.Get<QuarantineDesk>().ReplayAsync(new QuarantineFilter { Pipeline = "sample", Stream = "numbers" });
        Assert.Equal(bad, replay.Records);
        await _world.WorkAsync();
        Assert.Equal((all, all, 0), await CountAsync());
        Assert.Contains("""{"id":"1533","updated":1533,"total":1533}""", await _world.CuratedAsync());
        var over = new List<string>();
        for (int minute = 0; minute < 120; minute++)
            over.AddRange((await MinuteAsync()).Where(line => line.StartsWith("over", StringComparison.Ordinal)));
        Assert.Equal(["over: drift sample/numbers", "over: quarantine sample/numbers"], over.Order());
    }

    private void Use(Contract contract) => _world.Pipelines.Pipeline = _world.Pipelines.Pipeline with
    {
        Streams = [_world.Pipelines.Pipeline.Streams[0] with { Contract = contract }],
    };

    private async Task<IReadOnlyList<string>> MinuteAsync()
    {
        _world.Stream.Count += EachMinute;
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await _world.PlanAsync();
        await _world.WorkAsync();
        return await _world.Get<WatchStage>().RunAsync();
    }

    private async Task<(long Read, long Curated, long Quarantined)> CountAsync()
    {
        (long read, long curated, long quarantined) = (0, 0, 0);
        await foreach (TransformEntry entry in EntriesAsync())
        {
            Assert.True(entry.Balances);
            (read, curated, quarantined) = (read + entry.Read, curated + entry.Curated, quarantined + entry.Quarantined);
        }

        Assert.Equal(curated, (await _world.CuratedAsync()).Split('\n').Length);
        return (read, curated, quarantined);
    }

    private async IAsyncEnumerable<TransformEntry> EntriesAsync()
    {
        await foreach (BlobEntry blob in _world.Stores.Blobs.ListAsync("ledger/transforms/sample/"))
            yield return (await _world.Get<Penstock.Pipelines.Documents.DocumentStore>().FindAsync<TransformEntry>(blob.Name))!.Value;
    }
}
