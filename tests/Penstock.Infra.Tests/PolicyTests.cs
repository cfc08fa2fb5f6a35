using Penstock.Infra.Foundation;
using Penstock.Infra.Graph;
using Penstock.Infra.Naming;

namespace Penstock.Infra.Tests;

/// <summary>What must hold for every stack, whatever its settings.</summary>
public sealed class PolicyTests
{
    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task storage_has_no_keys_and_nothing_public(string stack)
    {
        GraphResource[] accounts = [.. (await Stacks.NamedAsync(stack)).OfType("storage:StorageAccount")];
        Assert.Equal(2, accounts.Length);
        Assert.All(accounts, account =>
        {
            Assert.Equal(false, account.Find("allowSharedKeyAccess"));
            Assert.Equal(false, account.Find("allowBlobPublicAccess"));
            Assert.Equal(false, account.Find("isLocalUserEnabled"));
            Assert.Equal(true, account.Find("enableHttpsTrafficOnly"));
        });
        GraphResource[] containers = [.. (await Stacks.NamedAsync(stack)).OfType("storage:BlobContainer")];
        Assert.All(containers, container => Assert.Equal("None", container.Text("publicAccess")));
    }

    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task every_service_takes_tls_1_2_at_least(string stack)
    {
        StackGraph graph = await Stacks.NamedAsync(stack);
        Assert.All(graph.OfType("storage:StorageAccount"), one => Assert.Equal("TLS1_2", one.Text("minimumTlsVersion")));
        Assert.All(graph.OfType("eventhub:Namespace"), one => Assert.Equal("1.2", one.Text("minimumTlsVersion")));
        Assert.All(graph.OfType("cosmosdb:DatabaseAccount"), one => Assert.Equal("Tls12", one.Text("minimalTlsVersion")));
        GraphResource app = Assert.Single(graph.OfType("web:WebApp"));
        Assert.Equal(true, app.Find("httpsOnly"));
        Assert.Equal("1.2", app.Text("siteConfig.minTlsVersion"));
        Assert.Equal("1.2", app.Text("siteConfig.scmMinTlsVersion"));
    }

    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task services_know_identities_only(string stack)
    {
        StackGraph graph = await Stacks.NamedAsync(stack);
        Assert.All(graph.OfType("eventhub:Namespace"), one => Assert.Equal(true, one.Find("disableLocalAuth")));
        Assert.All(graph.OfType("cosmosdb:DatabaseAccount"), one => Assert.Equal(true, one.Find("disableLocalAuth")));
        Assert.All(graph.OfType("applicationinsights:Component"), one => Assert.Equal(true, one.Find("disableLocalAuth")));
        Assert.All(graph.OfType("operationalinsights:Workspace"), one => Assert.Equal(true, one.Find("features.disableLocalAuth")));
        GraphResource vault = Assert.Single(graph.OfType("keyvault:Vault"));
        Assert.Equal(true, vault.Find("properties.enableRbacAuthorization"));
        Assert.Equal(true, vault.Find("properties.enablePurgeProtection"));
        Assert.Empty(vault.List("properties.accessPolicies"));
        Assert.All(graph.Resources.Where(one => one.Type is "azure-native:web:WebAppFtpAllowed" or "azure-native:web:WebAppScmAllowed"), one => Assert.Equal(false, one.Find("allow")));
        Assert.Equal(2, graph.Resources.Count(one => one.Type.EndsWith("Allowed", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task everything_that_takes_tags_has_all_of_them(string stack)
    {
        // Parts of a resource, and grants, have none in Azure.
        string[] untagged = ["BlobContainer", "Queue", "BlobServiceProperties", "ManagementPolicy", "EventHub", "ConsumerGroup", "RoleAssignment",
            "SqlResourceSqlRoleAssignment", "DiagnosticSetting", "Subnet", "PrivateDnsZoneGroup", "WebAppFtpAllowed", "WebAppScmAllowed", "Budget"];
        foreach (GraphResource resource in (await Stacks.NamedAsync(stack)).Resources.Where(one => one.Type.StartsWith("azure-native:", StringComparison.Ordinal)))
        {
            if (untagged.Contains(resource.Type.Split(':')[2]))
                continue;
            Assert.All(Tags.Names, tag => Assert.False(string.IsNullOrEmpty(resource.Text($"tags.{tag}")), $"{resource.Type} {resource.Name} lacks the tag {tag}"));
        }
    }

    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task roles_are_named_ones_and_never_wider_than_one_resource(string stack)
    {
        GraphResource[] grants = [.. (await Stacks.NamedAsync(stack)).OfType("authorization:RoleAssignment")];
        Assert.NotEmpty(grants);
        Assert.All(grants, grant =>
        {
            Assert.Contains(Role.All, role => grant.Text("roleDefinitionId")!.EndsWith("/" + role.Id, StringComparison.Ordinal));
            Assert.Matches("/resourceGroups/[^/]+/providers/[^/]+/[^/]+/[^/]+", grant.Text("scope")!);
        });
    }

    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task only_what_has_no_parts_to_grant_is_granted_whole(string stack)
    {
        StackGraph graph = await Stacks.NamedAsync(stack);
        string[] whole = [.. graph.OfType("authorization:RoleAssignment")
            .Where(grant => grant.Text("scope")!.Split("/providers/")[1].Split('/').Length == 3).Select(grant => grant.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(["app-publishes-telemetry", "app-reads-secrets", "host-owns-its-blobs", "host-writes-its-events"], whole);
        Assert.EndsWith("/dbs/penstock", graph.Single("app-writes-curated").Text("scope"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task no_input_holds_a_key_or_a_connection_string(string stack)
    {
        string all = string.Join('\n', (await Stacks.NamedAsync(stack)).Resources.SelectMany(one => Texts.Of(one.Inputs)));
        Assert.DoesNotContain("AccountKey=", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("SharedAccessKey", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("sig=", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Password", all, StringComparison.OrdinalIgnoreCase);
    }
}
