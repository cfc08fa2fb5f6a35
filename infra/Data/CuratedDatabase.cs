using Penstock.Infra.Foundation;
using Penstock.Infra.Settings;
using Pulumi;
using Pulumi.AzureNative.CosmosDB;
using Pulumi.AzureNative.CosmosDB.Inputs;

namespace Penstock.Infra.Data;

/// <summary>Cosmos DB for the curated records: one container for all tables, in 16 parts each.</summary>
internal sealed class CuratedDatabase : StackPart
{
    public const string DatabaseName = "penstock";
    public const string ContainerName = "curated";

    // Cosmos DB Built-in Data Contributor, a role of Cosmos DB's own; and the id of its one assignment.
    private const string DataContributor = "00000000-0000-0000-0000-000000000002";
    private const string AssignmentId = "6f1d8a52-3c4e-4b6e-9a53-0d5c1f6b7e21";

    public CuratedDatabase(Surroundings around, AppIdentity app)
        : base("CuratedDatabase", "curated-database")
    {
        CosmosSettings settings = around.Settings.Cosmos;
        bool serverless = settings.Capacity == "serverless";
        var account = new DatabaseAccount("cosmos-account", Account(around, settings, serverless), Holding(around));
        Id = account.Id;
        Endpoint = account.DocumentEndpoint;
        var database = new SqlResourceSqlDatabase("cosmos-database", new SqlResourceSqlDatabaseArgs
        {
            ResourceGroupName = around.Group,
            AccountName = account.Name,
            DatabaseName = DatabaseName,
            Resource = new SqlDatabaseResourceArgs { Id = DatabaseName },
            Tags = around.Tags,
        }, Holding(around));
        _ = new SqlResourceSqlContainer("cosmos-container", Container(around, account, database, settings, serverless), Holding(around));
        _ = new SqlResourceSqlRoleAssignment("app-writes-curated", new SqlResourceSqlRoleAssignmentArgs
        {
            ResourceGroupName = around.Group,
            AccountName = account.Name,
            RoleAssignmentId = AssignmentId,
            PrincipalId = app.PrincipalId,
            RoleDefinitionId = Output.Format($"{account.Id}/sqlRoleDefinitions/{DataContributor}"),
            Scope = Output.Format($"{account.Id}/dbs/{database.Name}"),
        }, Inside());
    }

    public Output<string> Id { get; }

    public Output<string> Endpoint { get; }

    private static DatabaseAccountArgs Account(Surroundings around, CosmosSettings settings, bool serverless) => new()
    {
        ResourceGroupName = around.Group,
        AccountName = around.Names.Cosmos,
        Location = around.Settings.Location,
        Tags = around.Tags,
        Kind = "GlobalDocumentDB",
        DatabaseAccountOfferType = DatabaseAccountOfferType.Standard,
        Locations = { new LocationArgs { LocationName = around.Settings.Location, FailoverPriority = 0, IsZoneRedundant = settings.ZoneRedundant } },
        Capabilities = serverless ? [new CapabilityArgs { Name = "EnableServerless" }] : new InputList<CapabilityArgs>(),
        ConsistencyPolicy = new ConsistencyPolicyArgs { DefaultConsistencyLevel = DefaultConsistencyLevel.Session },
        BackupPolicy = new ContinuousModeBackupPolicyArgs
        {
            Type = "Continuous",
            ContinuousModeProperties = new ContinuousModePropertiesArgs { Tier = $"Continuous{settings.BackupDays}Days" },
        },
        DisableLocalAuth = true,
        DisableKeyBasedMetadataWriteAccess = true,
        MinimalTlsVersion = "Tls12",
        PublicNetworkAccess = around.Settings.PrivateNetwork ? "Disabled" : "Enabled",
        NetworkAclBypass = NetworkAclBypass.None,
    };

    private static SqlResourceSqlContainerArgs Container(
        Surroundings around, DatabaseAccount account, SqlResourceSqlDatabase database, CosmosSettings settings, bool serverless)
    {
        var args = new SqlResourceSqlContainerArgs
        {
            ResourceGroupName = around.Group,
            AccountName = account.Name,
            DatabaseName = database.Name,
            ContainerName = ContainerName,
            Tags = around.Tags,
            Resource = new SqlContainerResourceArgs
            {
                Id = ContainerName,
                PartitionKey = new ContainerPartitionKeyArgs { Kind = "Hash", Version = 2, Paths = { "/_penstock/part" } },
                // Records stay until their source or an erasure deletes them; -1 lets a record have a time of its own.
                DefaultTtl = -1,
            },
        };
        if (!serverless)
            args.Options = new CreateUpdateOptionsArgs { AutoscaleSettings = new AutoscaleSettingsArgs { MaxThroughput = settings.MaximumThroughput } };
        return args;
    }
}
