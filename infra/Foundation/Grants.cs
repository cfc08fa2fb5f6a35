using Pulumi;
using Pulumi.AzureNative.Authorization;

namespace Penstock.Infra.Foundation;

/// <summary>Who may do what where: one role assignment each, at the narrowest scope that Azure has for it.</summary>
internal sealed class Grants(Surroundings around, Output<string> appPrincipalId) : StackPart("Grants", "grants")
{
    /// <summary>Grants a role to the function app.</summary>
    /// <param name="name">What it may, for the resource's name, like <c>app-writes-raw</c>.</param>
    /// <param name="role">The role.</param>
    /// <param name="scope">The id of the resource.</param>
    public RoleAssignment ToApp(string name, Role role, Output<string> scope) =>
        To(appPrincipalId, "ServicePrincipal", name, role, scope);

    /// <summary>Grants a role to whoever runs Pulumi: a person or a workflow.</summary>
    public RoleAssignment ToDeployer(string name, Role role, Output<string> scope) => To(around.DeployerId, null, name, role, scope);

    /// <summary>Grants a role to an object id of the settings.</summary>
    public RoleAssignment To(Input<string> principalId, string? principalType, string name, Role role, Output<string> scope)
    {
        var args = new RoleAssignmentArgs
        {
            PrincipalId = principalId,
            RoleDefinitionId = around.RolesRoot.Apply(root => root + role.Id),
            Scope = scope,
            Description = $"{role.Name}: {name}",
        };
        // Without a type Azure looks the principal up, which fails for one that was made a moment ago.
        if (principalType is not null)
            args.PrincipalType = principalType;
        return new RoleAssignment(name, args, Inside());
    }
}
