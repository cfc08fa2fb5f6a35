using Penstock.Infra.Data;
using Penstock.Infra.Settings;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Retention;
using Pulumi.AzureNative.Storage.Inputs;

namespace Penstock.Infra.Tests;

public sealed class StreamRetentionTests
{
    [Fact]
    public async Task a_stream_that_keeps_raw_longer_or_shorter_than_the_deployment_has_its_way_and_the_others_keep_theirs()
    {
        var pipelines = new[]
        {
            new Pipeline
            {
                Name = "shop",
                Streams =
                [
                    new PipelineStream { Name = "orders", Retention = new StreamRetention(Raw: new RetentionPeriod(400, 'D')) },
                    new PipelineStream { Name = "clicks", Retention = new StreamRetention(Raw: new RetentionPeriod(7, 'D')) },
                    new PipelineStream { Name = "visits" },
                ],
            },
        };
        Assert.Equal(
            ["raw-7-days-1: raw/shop/clicks/ 7", "raw-90-days-1: raw/shop/visits/ 90", "raw: raw/ 400"],
            (await RulesAsync(pipelines)).Where(rule => rule.StartsWith("raw", StringComparison.Ordinal)));
        Assert.Equal(["raw: raw/ 90"], (await RulesAsync([])).Where(rule => rule.StartsWith("raw", StringComparison.Ordinal)));
    }

    private static async Task<List<string>> RulesAsync(IReadOnlyList<Pipeline> pipelines)
    {
        var texts = new List<string>();
        foreach (ManagementPolicyRuleArgs rule in await Values(RetentionRules.ForData(new StorageSettings(), pipelines)))
        {
            ManagementPolicyDefinitionArgs definition = await Value(rule.Definition!);
            ManagementPolicyFilterArgs filters = await Value(definition.Filters!);
            ManagementPolicyActionArgs actions = await Value(definition.Actions!);
            double? days = actions.BaseBlob is null ? null : await Value((await Value((await Value(actions.BaseBlob)).Delete!)).DaysAfterModificationGreaterThan!);
            texts.Add($"{await Value(rule.Name!)}: {string.Join(' ', await Values(filters.PrefixMatch))} {days}");
        }

        return texts;
    }
}
