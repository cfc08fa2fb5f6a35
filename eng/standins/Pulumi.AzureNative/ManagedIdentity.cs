namespace Pulumi.AzureNative.ManagedIdentity;

public class UserAssignedIdentity(string name, UserAssignedIdentityArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:managedidentity:UserAssignedIdentity", name, args, options)
{
    [Output("clientId")]
    public Output<string> ClientId { get; private set; } = null!;

    [Output("principalId")]
    public Output<string> PrincipalId { get; private set; } = null!;
}

public sealed class UserAssignedIdentityArgs : ResourceArgs
{
    public Input<string>? Location { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<string>? ResourceName { get; set; }

    public InputMap<string> Tags { get; set; } = new();
}
