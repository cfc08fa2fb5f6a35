namespace Penstock.Simulation.Scenarios;

/// <summary>A quota so small that all workers together are held up by it, again and again.</summary>
public sealed class SharedQuota(Random? chance) : OverHttp(chance, chance?.Next(3, 12) ?? 6);
