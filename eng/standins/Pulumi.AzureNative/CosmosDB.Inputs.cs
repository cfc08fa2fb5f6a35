namespace Pulumi.AzureNative.CosmosDB.Inputs;

public sealed class AutoscaleSettingsArgs : ResourceArgs
{
    public Input<int>? MaxThroughput { get; set; }
}

public sealed class CapabilityArgs : ResourceArgs
{
    public Input<string>? Name { get; set; }
}

public sealed class ConsistencyPolicyArgs : ResourceArgs
{
    [Input("defaultConsistencyLevel", required: true)]
    public Input<DefaultConsistencyLevel> DefaultConsistencyLevel { get; set; } = null!;
}

public sealed class ContainerPartitionKeyArgs : ResourceArgs
{
    public InputUnion<string, PartitionKind>? Kind { get; set; }

    public InputList<string> Paths { get; set; } = new();

    public Input<int>? Version { get; set; }
}

public sealed class ContinuousModeBackupPolicyArgs : ResourceArgs
{
    public Input<ContinuousModePropertiesArgs>? ContinuousModeProperties { get; set; }

    [Input("type", required: true)]
    public Input<string> Type { get; set; } = null!;
}

public sealed class ContinuousModePropertiesArgs : ResourceArgs
{
    public InputUnion<string, ContinuousTier>? Tier { get; set; }
}

public sealed class CreateUpdateOptionsArgs : ResourceArgs
{
    public Input<AutoscaleSettingsArgs>? AutoscaleSettings { get; set; }
}

public sealed class LocationArgs : ResourceArgs
{
    public Input<int>? FailoverPriority { get; set; }

    public Input<bool>? IsZoneRedundant { get; set; }

    public Input<string>? LocationName { get; set; }
}

public sealed class SqlContainerResourceArgs : ResourceArgs
{
    public Input<int>? DefaultTtl { get; set; }

    [Input("id", required: true)]
    public Input<string> Id { get; set; } = null!;

    public Input<ContainerPartitionKeyArgs>? PartitionKey { get; set; }
}

public sealed class SqlDatabaseResourceArgs : ResourceArgs
{
    [Input("id", required: true)]
    public Input<string> Id { get; set; } = null!;
}

public sealed class PeriodicModeBackupPolicyArgs : ResourceArgs;
