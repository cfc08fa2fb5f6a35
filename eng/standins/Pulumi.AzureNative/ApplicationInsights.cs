namespace Pulumi.AzureNative.ApplicationInsights;

public class Component(string name, ComponentArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:applicationinsights:Component", name, args, options)
{
    [Output("connectionString")]
    public Output<string> ConnectionString { get; private set; } = null!;
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

    public InputMap<string> Tags { get; set; } = new();

    public Input<string>? WorkspaceResourceId { get; set; }
}

public class Workbook(string name, WorkbookArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:applicationinsights:Workbook", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class WorkbookArgs : ResourceArgs
{
    [Input("category", required: true)]
    public Input<string> Category { get; set; } = null!;

    [Input("displayName", required: true)]
    public Input<string> DisplayName { get; set; } = null!;

    public InputUnion<string, WorkbookSharedTypeKind>? Kind { get; set; }

    public Input<string>? Location { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<string>? ResourceName { get; set; }

    [Input("serializedData", required: true)]
    public Input<string> SerializedData { get; set; } = null!;

    public Input<string>? SourceId { get; set; }

    public InputMap<string> Tags { get; set; } = new();
}

[EnumType]
public readonly struct ApplicationType;

[EnumType]
public readonly struct IngestionMode;

[EnumType]
public readonly struct WorkbookSharedTypeKind;
