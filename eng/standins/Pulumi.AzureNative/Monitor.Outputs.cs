namespace Pulumi.AzureNative.Monitor.Outputs;

[OutputType]
public sealed class DiagnosticsLogSettingsResponse
{
    [OutputConstructor]
    private DiagnosticsLogSettingsResponse()
    {
    }
}
