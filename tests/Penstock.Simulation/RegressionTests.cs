using Penstock.Simulation.Faults;
using Penstock.Simulation.Scenarios;

namespace Penstock.Simulation;

/// <summary>What seeds have found, each as a run of its own.</summary>
public class RegressionTests
{
    [Fact]
    public void a_run_whose_document_was_never_written_begins_even_if_its_schedule_is_gone_by_then() =>
        Keep<IncrementalWithLookback>(new NamedFault(CallKind.Put, "000500Z/run.json", FaultMode.Before, Times: 99));

    [Fact]
    public void what_a_cancelled_run_has_committed_is_curated_even_if_its_worker_died_before_it_said_so() =>
        Keep<CancelMidRun>(new NamedFault(CallKind.Replace, "000000Z/slice-00000000", FaultMode.KillAfter));

    [Fact]
    public void a_worker_that_ends_a_run_late_does_not_put_back_the_cursor_of_a_later_run() =>
        Keep<IncrementalWithLookback>(new NamedFault(CallKind.Put, "state/cursors/", FaultMode.StallBefore) { Stall = TimeSpan.FromMinutes(5.5) });

    private static void Keep<TScenario>(params NamedFault[] faults)
        where TScenario : Scenario
    {
        string scenario = typeof(TScenario).Name;
        int hits = 0;
        SimulationResult result = Simulation.Run(Runs.Small(scenario) with
        {
            Faults = (_, _, _) => new NamedFaults(faults),
            Called = call => hits += faults.Any(fault => fault.Kind == call.Kind && call.Name.Contains(fault.Name, StringComparison.Ordinal)) ? 1 : 0,
        });
        Assert.True(hits > 0, "The faults met no call.");
        Assert.True(result.IsGood, result.ToString());
    }
}
