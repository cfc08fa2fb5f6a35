using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Costs;

/// <summary>Counts request units, for stores that are charged by them.</summary>
public static class RequestCharge
{
    /// <summary>Counts the charge of one call, successful or not.</summary>
    public static void Count(double requestUnits)
    {
        if (requestUnits <= 0)
            return;
        Instruments.Charged(requestUnits);
        UsageMeter.Current?.Count(new Usage { RequestUnits = requestUnits });
    }
}
