using Penstock.Infra.Foundation;
using Pulumi;
using Pulumi.AzureNative.ApplicationInsights;
using Pulumi.AzureNative.OperationalInsights;
using Pulumi.AzureNative.OperationalInsights.Inputs;

namespace Penstock.Infra.Observability;

/// <summary>Log Analytics and Application Insights: with Entra ID only, and with a cap on what a day costs.</summary>
internal sealed class Telemetry : StackPart
{
    public Telemetry(Surroundings around, Grants grants)
        : base("Telemetry", "telemetry")
    {
        var workspace = new Workspace("logs", new WorkspaceArgs
        {
            ResourceGroupName = around.Group,
            WorkspaceName = around.Names.Logs,
            Location = around.Settings.Location,
            Tags = around.Tags,
            Sku = new WorkspaceSkuArgs { Name = "PerGB2018" },
            RetentionInDays = around.Settings.LogRetentionDays,
            WorkspaceCapping = new WorkspaceCappingArgs { DailyQuotaGb = around.Settings.LogDailyCapGb },
            Features = new WorkspaceFeaturesArgs { DisableLocalAuth = true, EnableLogAccessUsingOnlyResourcePermissions = true },
        }, Inside());
        WorkspaceId = workspace.Id;
        var insights = new Pulumi.AzureNative.ApplicationInsights.Component("insights", new ComponentArgs
        {
            ResourceGroupName = around.Group,
            ResourceName = around.Names.Insights,
            Location = around.Settings.Location,
            Tags = around.Tags,
            Kind = "web",
            ApplicationType = "web",
            IngestionMode = "LogAnalytics",
            WorkspaceResourceId = workspace.Id,
            DisableLocalAuth = true,
        }, Inside());
        InsightsId = insights.Id;
        ConnectionString = insights.ConnectionString;
        grants.ToApp("app-publishes-telemetry", Role.MetricsPublisher, insights.Id);
    }

    public Output<string> WorkspaceId { get; }

    public Output<string> InsightsId { get; }

    /// <summary>The address that telemetry goes to. No secret: sending takes an identity.</summary>
    public Output<string> ConnectionString { get; }
}
