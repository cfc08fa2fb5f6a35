namespace Penstock.Simulation.Faults;

/// <summary>What a store's SDK throws when its own tries are used up: 503 with Retry-After. Whether the call took effect isn't known.</summary>
/// <param name="call">Which call.</param>
/// <param name="mode">What went wrong; a source tells it in its own way.</param>
public sealed class StoreUnavailableException(string call, FaultMode mode) : IOException($"503 Server Busy, Retry-After: 30 ({call}).")
{
    public FaultMode Mode { get; } = mode;
}
