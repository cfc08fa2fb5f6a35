namespace Pulumi.AzureNative.Resources;

public class ResourceGroup(string name, ResourceGroupArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:resources:ResourceGroup", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class ResourceGroupArgs : ResourceArgs
{
    public Input<string>? Location { get; set; }

    public Input<string>? ResourceGroupName { get; set; }

    public InputMap<string> Tags { get; set; } = new();
}
