using System.Collections.Immutable;
using Pulumi.Testing;

namespace Penstock.Infra.Graph;

/// <summary>Stands in for Azure: notes every resource, and answers with what Azure would add.</summary>
internal sealed class GraphMocks : IMocks
{
    private const string Subscription = "00000000-0000-0000-0000-00000000500b";
    private static readonly string[] NameKeys =
    [
        "roleAssignmentId", "containerName", "queueName", "consumerGroupName", "eventHubName", "namespaceName", "databaseName", "vaultName", "privateDnsZoneGroupName", "subnetName", "virtualNetworkLinkName",
        "privateZoneName", "virtualNetworkName", "privateEndpointName", "workspaceName", "ruleName", "actionGroupName", "budgetName", "resourceName", "name", "accountName", "resourceGroupName",
    ];

    private readonly List<GraphResource> _resources = [];

    /// <summary>What was declared, in order of type and name.</summary>
    public IReadOnlyList<GraphResource> Resources
    {
        get
        {
            lock (_resources)
                return [.. _resources.OrderBy(resource => resource.Type, StringComparer.Ordinal).ThenBy(resource => resource.Name, StringComparer.Ordinal)];
        }
    }

    public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>(new Dictionary<string, object>
    {
        ["clientId"] = "00000000-0000-0000-0000-0000000c11e7",
        ["objectId"] = "00000000-0000-0000-0000-00000000de91",
        ["subscriptionId"] = Subscription,
        ["tenantId"] = "00000000-0000-0000-0000-0000000007e7",
    }.ToImmutableDictionary());

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        string type = args.Type ?? "";
        string name = args.Name ?? "";
        string azureName = AzureName(args.Inputs) ?? name;
        string id = AzureId(type, args.Inputs, azureName);
        lock (_resources)
            _resources.Add(new(type, name, id, args.Inputs));
        ImmutableDictionary<string, object> state = args.Inputs.SetItem("name", azureName).SetItems(Added(type, azureName));
        return Task.FromResult<(string?, object)>((id, state));
    }

    // The argument that names a resource differs from type to type; the most specific comes first.
    private static string? AzureName(ImmutableDictionary<string, object> inputs) =>
        NameKeys
            .Select(key => inputs.TryGetValue(key, out object? value) ? value as string : null).FirstOrDefault(value => value is not null);

    private static string AzureId(string type, ImmutableDictionary<string, object> inputs, string name)
    {
        string root = $"/subscriptions/{Subscription}/resourceGroups/{(inputs.TryGetValue("resourceGroupName", out object? group) ? group : name)}";
        string In(string provider) => $"{root}/providers/{provider}";
        string Parent(string key) => (string)inputs[key];
        return type switch
        {
            "azure-native:resources:ResourceGroup" => root,
            "azure-native:storage:StorageAccount" => In($"Microsoft.Storage/storageAccounts/{name}"),
            "azure-native:storage:BlobContainer" => In($"Microsoft.Storage/storageAccounts/{Parent("accountName")}/blobServices/default/containers/{name}"),
            "azure-native:storage:Queue" => In($"Microsoft.Storage/storageAccounts/{Parent("accountName")}/queueServices/default/queues/{name}"),
            "azure-native:eventhub:Namespace" => In($"Microsoft.EventHub/namespaces/{name}"),
            "azure-native:eventhub:EventHub" => In($"Microsoft.EventHub/namespaces/{Parent("namespaceName")}/eventhubs/{name}"),
            "azure-native:cosmosdb:DatabaseAccount" => In($"Microsoft.DocumentDB/databaseAccounts/{name}"),
            "azure-native:keyvault:Vault" => In($"Microsoft.KeyVault/vaults/{name}"),
            _ => In($"{type.Replace("azure-native:", "", StringComparison.Ordinal).Replace(':', '/')}/{name}"),
        };
    }

    private static ImmutableDictionary<string, object> Added(string type, string name) => type switch
    {
        "azure-native:storage:StorageAccount" => Object(("primaryEndpoints", Object(
            ("blob", $"https://{name}.blob.core.windows.net/"), ("queue", $"https://{name}.queue.core.windows.net/"), ("table", $"https://{name}.table.core.windows.net/")))),
        "azure-native:managedidentity:UserAssignedIdentity" => Object(
            ("clientId", "00000000-0000-0000-0000-00000000a991"), ("principalId", "00000000-0000-0000-0000-00000000a99c")),
        "azure-native:cosmosdb:DatabaseAccount" => Object(("documentEndpoint", $"https://{name}.documents.azure.com:443/")),
        "azure-native:keyvault:Vault" => Object(("properties", Object(("vaultUri", $"https://{name}.vault.azure.net/")))),
        "azure-native:applicationinsights:Component" => Object(("connectionString", $"InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://{name}.in.applicationinsights.azure.com/")),
        "azure-native:web:WebApp" => Object(("defaultHostName", $"{name}.azurewebsites.net")),
        _ => ImmutableDictionary<string, object>.Empty,
    };

    private static ImmutableDictionary<string, object> Object(params (string Name, object Value)[] members) =>
        members.ToImmutableDictionary(member => member.Name, member => member.Value);
}
