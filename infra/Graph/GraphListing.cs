using Penstock.Infra.Foundation;

namespace Penstock.Infra.Graph;

/// <summary>Lists a stack: every resource with its type and name, then who is granted what where.</summary>
internal static class GraphListing
{
    private const string RoleAssignment = "azure-native:authorization:RoleAssignment";
    private const string CosmosRoleAssignment = "azure-native:cosmosdb:SqlResourceSqlRoleAssignment";

    public static void Write(TextWriter to, string stack, StackGraph graph)
    {
        GraphResource[] resources = [.. graph.Resources.Where(resource => resource.Type.StartsWith("azure-native:", StringComparison.Ordinal))];
        GraphResource[] grants = [.. resources.Where(resource => resource.Type is RoleAssignment or CosmosRoleAssignment)];
        to.WriteLine($"stack {stack}: {resources.Length} resources, {grants.Length} of them grants");
        foreach (var type in resources.Except(grants).GroupBy(resource => resource.Type["azure-native:".Length..]))
        {
            to.WriteLine($"\n{type.Key}");
            foreach (GraphResource resource in type)
                to.WriteLine($"  {resource.Name,-32} {resource.Id.Split('/')[^1]}");
        }

        to.WriteLine("\ngrants");
        foreach (GraphResource grant in grants.OrderBy(grant => grant.Text("scope"), StringComparer.Ordinal).ThenBy(grant => grant.Name, StringComparer.Ordinal))
            to.WriteLine($"  {grant.Name,-32} {RoleOf(grant),-38} {Who(grant, graph),-12} {Scope(grant)}");
    }

    private static string RoleOf(GraphResource grant)
    {
        string id = grant.Text("roleDefinitionId")!.Split('/')[^1];
        return Role.All.FirstOrDefault(role => role.Id == id)?.Name ?? "Cosmos DB Built-in Data Contributor";
    }

    private static string Who(GraphResource grant, StackGraph graph)
    {
        string principal = grant.Text("principalId")!;
        bool isApp = graph.OfType("managedidentity:UserAssignedIdentity").Any() && grant.Name.StartsWith("app-", StringComparison.Ordinal) | grant.Name.StartsWith("host-", StringComparison.Ordinal);
        return isApp ? "the app" : grant.Name.StartsWith("deployer-", StringComparison.Ordinal) ? "the deployer" : principal;
    }

    private static string Scope(GraphResource grant)
    {
        string scope = grant.Text("scope")!;
        int providers = scope.IndexOf("/providers/", StringComparison.Ordinal);
        return providers < 0 ? scope : scope[(providers + "/providers/".Length)..];
    }
}
