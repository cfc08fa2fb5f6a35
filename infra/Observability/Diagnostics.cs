using Penstock.Infra.Foundation;
using Pulumi;
using Pulumi.AzureNative.Monitor;
using Pulumi.AzureNative.Monitor.Inputs;

namespace Penstock.Infra.Observability;

/// <summary>
/// Sends what services log to the workspace: who did what, and what failed. Not every read and every message, which the ledger
/// counts and which would cost more than all the rest of the stack.
/// </summary>
internal sealed class Diagnostics(Telemetry telemetry) : StackPart("Diagnostics", "diagnostics")
{
    public void Of(string name, Output<string> resource, params string[] categories) => _ = new DiagnosticSetting($"{name}-diagnostics", new DiagnosticSettingArgs
    {
        Name = "penstock",
        ResourceUri = resource,
        WorkspaceId = telemetry.WorkspaceId,
        LogAnalyticsDestinationType = "Dedicated",
        Logs = categories.Select(category => (Input<DiagnosticsLogSettingsArgs>)new DiagnosticsLogSettingsArgs { Category = category, Enabled = true }).ToArray(),
    }, Inside());
}
