using Penstock.Pipelines.Watching;

namespace Penstock.Pipelines.Lineage;

/// <summary>Says that lineage can't be delivered, and that it can again: one alert, whoever meets it.</summary>
/// <param name="alerts">The alerts.</param>
public sealed class LineageAlarm(AlertBook alerts)
{
    private const string Kind = "lineage";
    private const string Subject = "openlineage";

    /// <summary>Nothing can be delivered; gives the alert if it is a new one.</summary>
    public ValueTask<string?> RaiseAsync(string reason, CancellationToken cancellationToken) =>
        alerts.RaiseAsync(Kind, Subject, $"OpenLineage events can't be delivered: {reason} They are kept and tried again.", cancellationToken);

    /// <summary>Something was delivered; says so if there was an alert.</summary>
    public ValueTask<string?> ResolveAsync(CancellationToken cancellationToken) => alerts.ResolveAsync(Kind, Subject, cancellationToken);
}
