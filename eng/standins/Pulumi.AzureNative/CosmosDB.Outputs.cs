namespace Pulumi.AzureNative.CosmosDB.Outputs;

[OutputType]
public sealed class CapacityResponse
{
    [OutputConstructor]
    private CapacityResponse()
    {
    }
}

[OutputType]
public sealed class SqlContainerGetPropertiesResponseOptions
{
    [OutputConstructor]
    private SqlContainerGetPropertiesResponseOptions()
    {
    }
}

[OutputType]
public sealed class SqlDatabaseGetPropertiesResponseOptions
{
    [OutputConstructor]
    private SqlDatabaseGetPropertiesResponseOptions()
    {
    }
}
