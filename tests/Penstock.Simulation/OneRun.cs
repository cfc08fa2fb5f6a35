namespace Penstock.Simulation;

/// <summary>Runs for people: one with its trace, or some seeds of one scenario.</summary>
internal static class OneRun
{
    /// <summary>Shows a run step by step; 0 if every promise is kept.</summary>
    public static int Show(string plan)
    {
        SimulationResult result = Simulation.Run(Runs.Parse(plan) with { Lines = Console.WriteLine });
        Console.WriteLine($"{result.Tally}\n{result}");
        return result.IsGood ? 0 : 1;
    }

    /// <summary>Looks for a broken promise: undisturbed runs, then seeds of all scenarios.</summary>
    public static int Hunt(int seeds)
    {
        string[] scenarios = [.. Runs.Scenarios.Keys];
        SwarmResult result = Swarm.Run(scenarios, scenario => Runs.Small(scenario), most: 1);
        if (result.Bad.Count == 0)
            result = Swarm.Run([.. Enumerable.Range(scenarios.Length, seeds)], seed => Runs.Seeded(scenarios[seed % scenarios.Length], seed / scenarios.Length), most: 1);
        Console.WriteLine(result);
        return result.Bad.Count == 0 ? 0 : 1;
    }

    /// <summary>Runs seeds of a scenario and shows those that break a promise.</summary>
    public static int Seeds(string scenario, string first, string last)
    {
        (int from, int to) = (Runs.Number(first), Runs.Number(last));
        Runs.Known(scenario);
        SwarmResult result = Swarm.Run([.. Enumerable.Range(from, Math.Max(0, to - from + 1))], seed => Runs.Seeded(scenario, seed));
        Console.WriteLine(result);
        return result.Bad.Count == 0 ? 0 : 1;
    }
}
