namespace Penstock.Simulation;

/// <summary>The promises under every single fault, and under many at once.</summary>
public class SimulationTests(ITestOutputHelper output, TriedInAll tried) : IClassFixture<TriedInAll>
{
    private static readonly int s_seeds = int.Parse(Environment.GetEnvironmentVariable("PENSTOCK_SEEDS") ?? "10000", System.Globalization.CultureInfo.InvariantCulture);

    public static TheoryData<string> Scenarios => [.. Runs.Scenarios.Keys];

    [Theory, MemberData(nameof(Scenarios))]
    public void every_single_fault_leaves_the_promises_kept(string scenario)
    {
        SimulationResult undisturbed = Simulation.Run(Runs.Small(scenario));
        Assert.True(undisturbed.IsGood, undisturbed.ToString());
        Try($"{scenario}, every single fault", Runs.SingleFaults(scenario), fault => Runs.Small(scenario, fault));
    }

    [Fact]
    public void thousands_of_seeds_leave_the_promises_kept()
    {
        string[] scenarios = [.. Runs.Scenarios.Keys];
        Try("seeds", [.. Enumerable.Range(1, s_seeds)], seed => Runs.Seeded(scenarios[seed % scenarios.Length], seed));
    }

    [Theory, MemberData(nameof(Scenarios))]
    public void a_seed_always_gives_the_same_run(string scenario)
    {
        for (int seed = 1; seed <= 15; seed++)
        {
            SimulationResult first = Simulation.Run(Runs.Seeded(scenario, seed));
            SimulationResult second = Simulation.Run(Runs.Seeded(scenario, seed));
            Assert.True(first.Hash == second.Hash && first.Tally.Calls == second.Tally.Calls, $"{scenario}, seed {seed}: two runs differ");
        }
    }

    private void Try<T>(string what, IReadOnlyList<T> wanted, Func<T, SimulationPlan> plan)
    {
        SwarmResult result = Swarm.Run(wanted, plan);
        output.WriteLine($"{what}: {result}");
        output.WriteLine($"In all, so far: {tried.With(result.Tally)}");
        Assert.True(result.Bad.Count == 0, $"{what}: {result}");
    }
}
