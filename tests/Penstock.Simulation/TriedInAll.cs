using Penstock.Simulation.Faults;

namespace Penstock.Simulation;

/// <summary>Adds up what all tests have tried so far.</summary>
public sealed class TriedInAll
{
    private readonly Tally _tally = new();

    public Tally With(Tally tally)
    {
        _tally.Add(tally);
        return _tally;
    }
}
