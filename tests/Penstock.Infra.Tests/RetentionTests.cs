using Penstock.Infra.Graph;
using Penstock.Pipelines.Ports;

namespace Penstock.Infra.Tests;

public sealed class RetentionTests
{
    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task every_container_has_a_rule(string stack)
    {
        StackGraph graph = await Stacks.NamedAsync(stack);
        foreach (GraphResource container in graph.OfType("storage:BlobContainer"))
        {
            string account = container.Text("accountName")!;
            GraphResource policy = Assert.Single(graph.OfType("storage:ManagementPolicy"), one => one.Text("accountName") == account);
            Assert.Contains(container.Text("containerName") + "/", Texts.Of(policy.Find("policy")));
        }
    }

    [Fact]
    public async Task what_must_not_be_lost_has_versions_and_can_be_undeleted()
    {
        GraphResource service = (await Stacks.ProdAsync()).Single("data-blob-service");
        Assert.Equal(true, service.Find("isVersioningEnabled"));
        Assert.Equal(30.0, service.Find("deleteRetentionPolicy.days"));
        Assert.Equal(true, service.Find("containerDeleteRetentionPolicy.enabled"));
        Assert.Equal("Continuous30Days", (await Stacks.ProdAsync()).Single("cosmos-account").Text("backupPolicy.continuousModeProperties.tier"));
    }

    [Fact]
    public async Task what_is_current_in_state_config_and_lake_never_expires()
    {
        GraphResource policy = (await Stacks.DevAsync()).Single("data-retention");
        foreach (object rule in policy.List("policy.rules"))
        {
            var definition = new GraphResource("rule", "", "", (System.Collections.Immutable.ImmutableDictionary<string, object>)rule);
            bool expires = definition.Find("definition.actions.baseBlob.delete") is not null;
            Assert.Equal(definition.Text("name") is not (BlobAreas.State or BlobAreas.Config or BlobAreas.Lake), expires);
        }
    }
}
