using System.Collections.Immutable;

namespace Pulumi.AzureNative.Monitor;

public class DiagnosticSetting(string name, DiagnosticSettingArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:monitor:DiagnosticSetting", name, args, options)
{
    [Output("logs")]
    public Output<ImmutableArray<Outputs.DiagnosticsLogSettingsResponse>> Logs { get; private set; } = null!;

    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    [Output("workspaceId")]
    public Output<string?> WorkspaceId { get; private set; } = null!;
}

public sealed class DiagnosticSettingArgs : ResourceArgs
{
    public Input<string>? LogAnalyticsDestinationType { get; set; }

    public InputList<Inputs.DiagnosticsLogSettingsArgs> Logs { get; set; } = new();

    public Input<string>? Name { get; set; }

    [Input("resourceUri", required: true)]
    public Input<string> ResourceUri { get; set; } = null!;

    public Input<string>? WorkspaceId { get; set; }
}
