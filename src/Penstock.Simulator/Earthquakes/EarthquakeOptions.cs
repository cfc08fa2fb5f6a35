namespace Penstock.Simulator;

/// <summary>How the earthquake routes differ from the public service.</summary>
public sealed record EarthquakeOptions
{
    /// <summary>The most events that one answer may have; more matches answer 400. Default 20,000, as the public service.</summary>
    public int MaxEvents { get; init; } = 20_000;

    internal void Validate() => Check.Positive(MaxEvents);
}
