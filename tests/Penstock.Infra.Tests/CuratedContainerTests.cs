using Penstock.Azure;
using Penstock.Infra.Graph;

namespace Penstock.Infra.Tests;

public sealed class CuratedContainerTests
{
    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task the_curated_container_is_partitioned_as_the_store_writes(string stack)
    {
        GraphResource container = Assert.Single((await Stacks.NamedAsync(stack)).OfType("cosmosdb:SqlResourceSqlContainer"));
        Assert.Equal("Hash", container.Text("resource.partitionKey.kind"));
        Assert.Equal([AzureResources.CuratedPartitionKeyPath], container.List("resource.partitionKey.paths").Cast<string>());
        Assert.Equal(new AzureOptions().CosmosContainer, container.Text("containerName"));
    }
}
