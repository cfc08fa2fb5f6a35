namespace Pulumi.AzureNative.CosmosDB;

public class DatabaseAccount(string name, DatabaseAccountArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:cosmosdb:DatabaseAccount", name, args, options)
{
    [Output("documentEndpoint")]
    public Output<string> DocumentEndpoint { get; private set; } = null!;

    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class DatabaseAccountArgs : ResourceArgs
{
    public Input<string>? AccountName { get; set; }

    public InputUnion<Inputs.ContinuousModeBackupPolicyArgs, Inputs.PeriodicModeBackupPolicyArgs>? BackupPolicy { get; set; }

    public InputList<Inputs.CapabilityArgs> Capabilities { get; set; } = new();

    public Input<Inputs.ConsistencyPolicyArgs>? ConsistencyPolicy { get; set; }

    [Input("databaseAccountOfferType", required: true)]
    public Input<DatabaseAccountOfferType> DatabaseAccountOfferType { get; set; } = null!;

    public Input<bool>? DisableKeyBasedMetadataWriteAccess { get; set; }

    public Input<bool>? DisableLocalAuth { get; set; }

    public InputUnion<string, DatabaseAccountKind>? Kind { get; set; }

    public Input<string>? Location { get; set; }

    public InputList<Inputs.LocationArgs> Locations { get; set; } = new();

    public InputUnion<string, MinimalTlsVersion>? MinimalTlsVersion { get; set; }

    public Input<NetworkAclBypass>? NetworkAclBypass { get; set; }

    public InputUnion<string, PublicNetworkAccess>? PublicNetworkAccess { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public InputMap<string> Tags { get; set; } = new();
}

public class SqlResourceSqlContainer(string name, SqlResourceSqlContainerArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:cosmosdb:SqlResourceSqlContainer", name, args, options);

public sealed class SqlResourceSqlContainerArgs : ResourceArgs
{
    [Input("accountName", required: true)]
    public Input<string> AccountName { get; set; } = null!;

    public Input<string>? ContainerName { get; set; }

    [Input("databaseName", required: true)]
    public Input<string> DatabaseName { get; set; } = null!;

    public Input<Inputs.CreateUpdateOptionsArgs>? Options { get; set; }

    [Input("resource", required: true)]
    public Input<Inputs.SqlContainerResourceArgs> Resource { get; set; } = null!;

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public InputMap<string> Tags { get; set; } = new();
}

public class SqlResourceSqlDatabase(string name, SqlResourceSqlDatabaseArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:cosmosdb:SqlResourceSqlDatabase", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class SqlResourceSqlDatabaseArgs : ResourceArgs
{
    [Input("accountName", required: true)]
    public Input<string> AccountName { get; set; } = null!;

    public Input<string>? DatabaseName { get; set; }

    public Input<Inputs.CreateUpdateOptionsArgs>? Options { get; set; }

    [Input("resource", required: true)]
    public Input<Inputs.SqlDatabaseResourceArgs> Resource { get; set; } = null!;

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public InputMap<string> Tags { get; set; } = new();
}

public class SqlResourceSqlRoleAssignment(string name, SqlResourceSqlRoleAssignmentArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:cosmosdb:SqlResourceSqlRoleAssignment", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class SqlResourceSqlRoleAssignmentArgs : ResourceArgs
{
    [Input("accountName", required: true)]
    public Input<string> AccountName { get; set; } = null!;

    public Input<string>? PrincipalId { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<string>? RoleAssignmentId { get; set; }

    public Input<string>? RoleDefinitionId { get; set; }

    public Input<string>? Scope { get; set; }
}

[EnumType]
public readonly struct ContinuousTier;

[EnumType]
public readonly struct DatabaseAccountKind;

[EnumType]
public readonly struct DatabaseAccountOfferType
{
    private readonly string _value;

    private DatabaseAccountOfferType(string value) => _value = value;

    public static DatabaseAccountOfferType Standard { get; } = new("Standard");

    public override string ToString() => _value;
}

[EnumType]
public readonly struct DefaultConsistencyLevel
{
    private readonly string _value;

    private DefaultConsistencyLevel(string value) => _value = value;

    public static DefaultConsistencyLevel Session { get; } = new("Session");

    public override string ToString() => _value;
}

[EnumType]
public readonly struct MinimalTlsVersion;

[EnumType]
public readonly struct NetworkAclBypass
{
    private readonly string _value;

    private NetworkAclBypass(string value) => _value = value;

    public static NetworkAclBypass None { get; } = new("None");

    public override string ToString() => _value;
}

[EnumType]
public readonly struct PartitionKind;

[EnumType]
public readonly struct PublicNetworkAccess;
