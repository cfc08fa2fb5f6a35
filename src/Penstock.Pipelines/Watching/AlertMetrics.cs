using System.Diagnostics.Metrics;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Watching;

/// <summary>Counts alerts, by kind and severity.</summary>
internal static class AlertMetrics
{
    private static readonly Meter Meter = new(TelemetryNames.Source);
    private static readonly Counter<long> RaisedCounter = Meter.CreateCounter<long>("penstock.alerts.raised", "{alert}", "Alerts that were raised.");
    private static readonly Counter<long> ResolvedCounter = Meter.CreateCounter<long>("penstock.alerts.resolved", "{alert}", "Alerts that are over.");

    public static void Raised(Alert alert) => RaisedCounter.Add(1, new("kind", alert.Kind), new("severity", alert.Severity));

    public static void Resolved(Alert alert) => ResolvedCounter.Add(1, new("kind", alert.Kind), new("severity", alert.Severity));
}
