using Penstock.Simulation.Faults;
using Penstock.Simulation.Mutants;
using Penstock.Simulation.Scenarios;

namespace Penstock.Simulation;

/// <summary>What a run is a function of.</summary>
public sealed record SimulationPlan
{
    public required Scenario Scenario { get; init; }

    public required int Seed { get; init; }

    /// <summary>Makes the fault plan from a chance, the beginning and the duration.</summary>
    public Func<Random, DateTimeOffset, TimeSpan, FaultPlan> Faults { get; init; } = (_, _, _) => FaultPlan.None;

    /// <summary>Whether the run may go on for some days; every single fault would take too long so.</summary>
    public bool GoesOn { get; init; } = true;

    /// <summary>What is broken deliberately.</summary>
    public Mutant Mutant { get; init; } = Mutant.None;

    /// <summary>Gets the trace's text; null for none.</summary>
    public Action<string>? Lines { get; init; }

    /// <summary>Is told each call.</summary>
    public Action<PortCall>? Called { get; init; }

    /// <summary>The command that runs it again, with its trace.</summary>
    public required string Again { get; init; }
}
