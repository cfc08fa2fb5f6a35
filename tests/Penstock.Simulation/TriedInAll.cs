using Penstock.Simulation.Faults;

namespace Penstock.Simulation;

/// <summary>Adds up what all tests have tried, and says it when they are over.</summary>
public sealed class TriedInAll : IDisposable
{
    private readonly Tally _tally = new();

    public void Add(Tally tally) => _tally.Add(tally);

    public void Dispose() => Console.WriteLine($"In all: {_tally}");
}
