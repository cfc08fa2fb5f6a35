using Penstock.Simulation.Mutants;

namespace Penstock.Simulation;

/// <summary>Each deliberately broken variant breaks a promise that is watched, within a few runs.</summary>
public class MutantTests(ITestOutputHelper output)
{
    private const int MostRuns = 600;

    public static TheoryData<string> Names => [.. All.Select(type => type.Name).Order(StringComparer.Ordinal)];

    private static IEnumerable<Type> All => typeof(Mutant).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Mutant)) && !type.IsAbstract);

    [Theory, MemberData(nameof(Names))]
    public void a_broken_variant_is_caught(string name)
    {
        Type type = All.Single(one => one.Name == name);
        string[] scenarios = [.. Runs.Scenarios.Keys];
        for (int run = 0; run < MostRuns; run++)
        {
            var mutant = (Mutant)Activator.CreateInstance(type)!;
            SimulationResult result = Simulation.Run(Runs.Seeded(scenarios[run % scenarios.Length], (run / scenarios.Length) + 1) with { Mutant = mutant });
            if (result.IsGood)
                continue;
            output.WriteLine($"| {name} | {run + 1} | {result.Plan.Scenario.Name} | {result.Violations[0].Promise}: {result.Violations[0].How} |");
            return;
        }

        Assert.Fail($"{name} breaks a promise, and {MostRuns} runs didn't see it.");
    }

    [Fact]
    public void there_are_enough_of_them() => Assert.True(All.Count() >= 20, $"{All.Count()} broken variants");
}
