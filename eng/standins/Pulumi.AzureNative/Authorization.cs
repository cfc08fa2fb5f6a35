namespace Pulumi.AzureNative.Authorization;

public class RoleAssignment(string name, RoleAssignmentArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:authorization:RoleAssignment", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class RoleAssignmentArgs : ResourceArgs
{
    public Input<string>? Description { get; set; }

    [Input("principalId", required: true)]
    public Input<string> PrincipalId { get; set; } = null!;

    public InputUnion<string, PrincipalType>? PrincipalType { get; set; }

    [Input("roleDefinitionId", required: true)]
    public Input<string> RoleDefinitionId { get; set; } = null!;

    [Input("scope", required: true)]
    public Input<string> Scope { get; set; } = null!;
}

[EnumType]
public readonly struct PrincipalType;

public static class GetClientConfig
{
    public static Output<GetClientConfigResult> Invoke(InvokeOptions? options = null) =>
        Deployment.Instance.Invoke<GetClientConfigResult>("azure-native:authorization:getClientConfig", InvokeArgs.Empty, options);
}

[OutputType]
public sealed class GetClientConfigResult
{
    public readonly string ObjectId;

    public readonly string SubscriptionId;

    public readonly string TenantId;

    [OutputConstructor]
    private GetClientConfigResult(string objectId, string subscriptionId, string tenantId)
    {
        ObjectId = objectId;
        SubscriptionId = subscriptionId;
        TenantId = tenantId;
    }
}
