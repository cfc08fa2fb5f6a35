namespace Pulumi.AzureNative.Monitor.Inputs;

public sealed class DiagnosticsLogSettingsArgs : ResourceArgs
{
    public Input<string>? Category { get; set; }

    [Input("enabled", required: true)]
    public Input<bool> Enabled { get; set; } = null!;
}
