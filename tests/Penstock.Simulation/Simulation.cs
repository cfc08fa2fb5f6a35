using Penstock.Simulation.Faults;
using Penstock.Simulation.Scheduling;
using Penstock.Testing;

namespace Penstock.Simulation;

/// <summary>One run: a scenario with its faults, then quiet, then the promises are checked.</summary>
public static class Simulation
{
    private const int MostSteps = 300_000;

    /// <summary>Runs a plan to its end, on the calling thread.</summary>
    public static SimulationResult Run(SimulationPlan plan)
    {
        var time = new ManualTimeProvider(plan.Scenario.Start);
        var trace = new Trace(time, plan.Lines);
        var world = new World(plan, trace, time);
        world.Wire.Called = plan.Called;
        Task driver = world.Scheduler.Start(() => new Course(world).RunAsync());
        for (int steps = 0; !driver.IsCompleted && world.Violations.Count == 0; steps++)
        {
            if (steps == MostSteps)
                world.Violate("liveness", $"The run goes on for ever: {MostSteps} steps.");
            else if (!world.Scheduler.Step() && !Advance(time))
                world.Violate("liveness", "Nothing is left to happen, and the run isn't over.");
        }

        if (driver.Exception is { } failure)
            world.Violate("no unexpected exceptions", failure.InnerException!.ToString());
        world.Tally.Runs = 1;
        world.Tally.Simulated = time.GetUtcNow() - plan.Scenario.Start;
        world.Tally.Records = world.Source.Versions.Count;
        return new SimulationResult(plan, world.Violations, world.Tally, trace.Hash);
    }

    private static bool Advance(ManualTimeProvider time)
    {
        if (time.NextTimer is not { } next)
            return false;
        time.AdvanceTo(next);
        return true;
    }
}

/// <summary>What became of a run.</summary>
/// <param name="Plan">What was run.</param>
/// <param name="Violations">What was violated.</param>
/// <param name="Tally">What was tried.</param>
/// <param name="Hash">The trace's hash.</param>
public sealed record SimulationResult(SimulationPlan Plan, IReadOnlyList<Violation> Violations, Tally Tally, ulong Hash)
{
    public bool IsGood => Violations.Count == 0;

    public override string ToString() => IsGood
        ? "good"
        : $"{Plan.Scenario.Name}, seed {Plan.Seed}: {Violations[0].Promise}: {Violations[0].How}\n  Run it again: {Plan.Again}";
}
