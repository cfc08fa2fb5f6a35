namespace Pulumi.AzureNative.PrivateDns;

public class PrivateZone(string name, PrivateZoneArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:privatedns:PrivateZone", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class PrivateZoneArgs : ResourceArgs
{
    public Input<string>? Location { get; set; }

    public Input<string>? PrivateZoneName { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public InputMap<string> Tags { get; set; } = new();
}

public class VirtualNetworkLink(string name, VirtualNetworkLinkArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:privatedns:VirtualNetworkLink", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class VirtualNetworkLinkArgs : ResourceArgs
{
    public Input<string>? Location { get; set; }

    [Input("privateZoneName", required: true)]
    public Input<string> PrivateZoneName { get; set; } = null!;

    public Input<bool>? RegistrationEnabled { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public InputMap<string> Tags { get; set; } = new();

    public Input<Inputs.SubResourceArgs>? VirtualNetwork { get; set; }

    public Input<string>? VirtualNetworkLinkName { get; set; }
}
