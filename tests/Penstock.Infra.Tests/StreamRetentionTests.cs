using System.Collections.Immutable;
using Penstock.Infra.Data;
using Penstock.Infra.Graph;
using Penstock.Infra.Pipelines;
using Penstock.Infra.Settings;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Retention;

namespace Penstock.Infra.Tests;

public sealed class StreamRetentionTests
{
    [Fact]
    public async Task a_stream_that_keeps_raw_longer_or_shorter_than_the_deployment_has_its_way_and_the_others_keep_theirs()
    {
        Pipeline shop = Shop(
            new PipelineStream { Name = "orders", Retention = new StreamRetention(Raw: new RetentionPeriod(400, 'D')) },
            new PipelineStream { Name = "clicks", Retention = new StreamRetention(Raw: new RetentionPeriod(1, 'W')) },
            new PipelineStream { Name = "visits" });
        Assert.Equal(
            ["raw-14-days-1: raw/shop/clicks/ 14", "raw-90-days-1: raw/shop/visits/ 90", "raw: raw/ 407"],
            (await RulesAsync(shop)).Where(IsRaw));
        Assert.Equal(["raw: raw/ 90"], (await RulesAsync()).Where(IsRaw));
    }

    [Fact]
    public async Task quarantine_and_the_ledger_follow_the_stream_as_raw_does()
    {
        Pipeline shop = Shop(new PipelineStream { Name = "daily orders", Retention = new StreamRetention(Quarantine: new RetentionPeriod(30, 'D'), Ledger: new RetentionPeriod(1, 'M')) });
        List<string> rules = await RulesAsync(shop);
        Assert.Contains("quarantine-30-days-1: quarantine/shop/daily~20orders/ 30", rules);
        Assert.Contains("ledger-31-days-1: ledger/transforms/shop/daily~20orders/ 31", rules);
    }

    [Fact]
    public async Task streams_of_one_period_share_rules_of_ten()
    {
        Pipeline shop = Shop([.. Enumerable.Range(0, 23).Select(i => new PipelineStream { Name = $"s{i:D2}", Retention = new StreamRetention(Raw: new RetentionPeriod(7, 'D')) })]);
        List<string> rules = await RulesAsync(shop);
        Assert.Equal(["raw-14-days-1", "raw-14-days-2", "raw-14-days-3", "raw"], rules.Where(IsRaw).Select(rule => rule.Split(':')[0]));
        Assert.Equal("raw-14-days-3: raw/shop/s20/ raw/shop/s21/ raw/shop/s22/ 14", rules.Last(rule => rule.StartsWith("raw-", StringComparison.Ordinal)));
        Assert.Null(RetentionRules.LeftToWatch(new StreamRetentionRules(new StorageSettings(), [shop])));
    }

    [Fact]
    public async Task what_azure_has_no_room_for_is_left_to_watch_and_named()
    {
        // 110 different periods: a rule each.
        Pipeline shop = Shop([.. Enumerable.Range(1, 110).Select(i => new PipelineStream { Name = $"s{i:D3}", Retention = new StreamRetention(Quarantine: new RetentionPeriod(i, 'D')) })]);
        var settings = new StorageSettings { QuarantineRetentionDays = 365 };
        Assert.Equal(StreamRetentionRules.MostRules, (await RulesAsync(settings, shop)).Count);
        IReadOnlyList<string> left = Assert.IsAssignableFrom<IReadOnlyList<string>>(RetentionRules.LeftToWatch(new StreamRetentionRules(settings, [shop])));
        // The shortest periods have rules: theirs are the data that must go.
        Assert.Equal(Enumerable.Range(95, 16).Select(i => $"quarantine/shop/s{i:D3}"), left);
    }

    private static bool IsRaw(string rule) => rule.StartsWith("raw", StringComparison.Ordinal);

    private static Pipeline Shop(params PipelineStream[] streams) => new() { Name = "shop", Streams = streams };

    private static Task<List<string>> RulesAsync(params Pipeline[] pipelines) => RulesAsync(new StorageSettings(), pipelines);

    private static async Task<List<string>> RulesAsync(StorageSettings storage, params Pipeline[] pipelines)
    {
        StackGraph graph = await StackGraph.DeclareAsync("dev", Stacks.Settings("dev") with { Storage = storage }, new PipelineNeeds(pipelines, []));
        return [.. graph.Single("data-retention").List("policy.rules")
            .Select(rule => new GraphResource("rule", "", "", (ImmutableDictionary<string, object>)rule))
            .Select(rule => $"{rule.Text("name")}: {string.Join(' ', rule.List("definition.filters.prefixMatch"))} {rule.Find("definition.actions.baseBlob.delete.daysAfterModificationGreaterThan")}")
            .Order(StringComparer.Ordinal)];
    }
}
