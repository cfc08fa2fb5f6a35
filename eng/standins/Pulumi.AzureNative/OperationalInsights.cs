namespace Pulumi.AzureNative.OperationalInsights;

public class Workspace(string name, WorkspaceArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:operationalinsights:Workspace", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class WorkspaceArgs : ResourceArgs
{
    public Input<Inputs.WorkspaceFeaturesArgs>? Features { get; set; }

    public Input<string>? Location { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<int>? RetentionInDays { get; set; }

    public Input<Inputs.WorkspaceSkuArgs>? Sku { get; set; }

    public InputMap<string> Tags { get; set; } = new();

    public Input<Inputs.WorkspaceCappingArgs>? WorkspaceCapping { get; set; }

    public Input<string>? WorkspaceName { get; set; }
}

[EnumType]
public readonly struct WorkspaceSkuNameEnum;
