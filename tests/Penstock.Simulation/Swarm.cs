using System.Diagnostics;
using Penstock.Simulation.Faults;

namespace Penstock.Simulation;

/// <summary>Many runs on all cores, each on one thread.</summary>
public static class Swarm
{
    private const int MostFailures = 10;

    /// <summary>Runs plans until all are run or many are bad.</summary>
    public static SwarmResult Run<T>(IReadOnlyList<T> wanted, Func<T, SimulationPlan> plan, int most = MostFailures)
    {
        long began = Stopwatch.GetTimestamp();
        var tally = new Tally();
        var bad = new List<SimulationResult>();
        int next = -1;
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return new SwarmResult(tally, [.. bad.OrderBy(result => result.Plan.Again, StringComparer.Ordinal)], Stopwatch.GetElapsedTime(began));

        void Work()
        {
            for (int i = Interlocked.Increment(ref next); i < wanted.Count && bad.Count < most; i = Interlocked.Increment(ref next))
            {
                SimulationResult result = Simulation.Run(plan(wanted[i]));
                tally.Add(result.Tally);
                if (result.IsGood)
                    continue;
                lock (bad)
                    bad.Add(result);
            }
        }
    }
}

/// <summary>What became of many runs.</summary>
/// <param name="Tally">What was tried.</param>
/// <param name="Bad">The runs that broke a promise; the rest wasn't run if there are many.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record SwarmResult(Tally Tally, IReadOnlyList<SimulationResult> Bad, TimeSpan Elapsed)
{
    public override string ToString() =>
        $"{Tally}, {Bad.Count} violations, {Elapsed.TotalSeconds:N1} s{string.Concat(Bad.Select(result => $"\n{result}"))}";
}
