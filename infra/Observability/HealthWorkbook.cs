using Penstock.Infra.Foundation;
using Pulumi.AzureNative.ApplicationInsights;

namespace Penstock.Infra.Observability;

/// <summary>The workbook that shows how the pipelines are.</summary>
internal sealed class HealthWorkbook : StackPart
{
    // A workbook's name is a GUID; this one is the same in every stack, its resource group isn't.
    private const string Name = "1d7a4c55-7f0e-4c8a-9a35-60c1f0f3b8a4";

    public HealthWorkbook(Surroundings around, Telemetry telemetry)
        : base("HealthWorkbook", "health-workbook")
    {
        _ = new Workbook("workbook", new WorkbookArgs
        {
            ResourceGroupName = around.Group,
            ResourceName = Name,
            Location = around.Settings.Location,
            Tags = around.Tags,
            Kind = "shared",
            Category = "workbook",
            DisplayName = $"Penstock {around.Settings.Environment}: pipeline health",
            SourceId = telemetry.WorkspaceId,
            SerializedData = Content(),
        }, Inside());
    }

    /// <summary>The workbook as JSON.</summary>
    public static string Content()
    {
        using Stream stream = typeof(HealthWorkbook).Assembly.GetManifestResourceStream("Penstock.Infra.Observability.pipeline-health.workbook.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
