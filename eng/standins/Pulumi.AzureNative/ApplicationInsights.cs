namespace Pulumi.AzureNative.ApplicationInsights;

public class Component(string name, ComponentArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:applicationinsights:Component", name, args, options)
{
    [Output("connectionString")]
    public Output<string> ConnectionString { get; private set; } = null!;

    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class ComponentArgs : ResourceArgs
{
    [Input("applicationType", required: true)]
    public InputUnion<string, ApplicationType> ApplicationType { get; set; } = null!;

    public Input<bool>? DisableLocalAuth { get; set; }

    public InputUnion<string, IngestionMode>? IngestionMode { get; set; }

    [Input("kind", required: true)]
    public Input<string> Kind { get; set; } = null!;

    public Input<string>? Location { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<string>? ResourceName { get; set; }

    public Input<int>? RetentionInDays { get; set; }

    public InputMap<string> Tags { get; set; } = new();

    public Input<string>? WorkspaceResourceId { get; set; }
}

[EnumType]
public readonly struct ApplicationType;

[EnumType]
public readonly struct IngestionMode;
