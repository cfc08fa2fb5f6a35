using System.Globalization;
using Penstock.Simulation.Faults;
using Penstock.Simulation.Mutants;
using Penstock.Simulation.Scenarios;

namespace Penstock.Simulation;

/// <summary>Makes plans: of one fault for the exhaustive runs, of a seed for the others.</summary>
public static class Runs
{
    private const int ExhaustiveSeed = 1;

    /// <summary>The scenarios.</summary>
    public static IReadOnlyDictionary<string, Func<Random?, Scenario>> Scenarios { get; } = new SortedDictionary<string, Func<Random?, Scenario>>(StringComparer.Ordinal)
    {
        [nameof(BackfillBesideLive)] = chance => new BackfillBesideLive(chance),
        [nameof(CancelMidRun)] = chance => new CancelMidRun(chance),
        [nameof(ChangedParents)] = chance => new ChangedParents(chance),
        [nameof(ConfigChangeMidRun)] = chance => new ConfigChangeMidRun(chance),
        [nameof(EventHubs)] = chance => new EventHubs(chance),
        [nameof(IncrementalWithLookback)] = chance => new IncrementalWithLookback(chance),
        [nameof(OverHttp)] = chance => new OverHttp(chance),
        [nameof(ReplayWhileLive)] = chance => new ReplayWhileLive(chance),
        [nameof(SharedQuota)] = chance => new SharedQuota(chance),
        [nameof(Substreams)] = chance => new Substreams(chance),
    };

    /// <summary>A small run with chosen faults.</summary>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="faults">Faults by the numbers of their calls; none for an undisturbed run.</param>
    public static SimulationPlan Small(string scenario, params (int Call, FaultMode Mode)[] faults) => new()
    {
        Scenario = Scenarios[scenario](null),
        Seed = ExhaustiveSeed,
        GoesOn = faults.Length == 0,
        Faults = (_, _, _) => new ChosenFaults(faults.ToDictionary(fault => fault.Call, fault => fault.Mode)),
        Again = Command($"{scenario}{string.Concat(faults.Select(fault => string.Create(CultureInfo.InvariantCulture, $" {fault.Call}:{fault.Mode}")))}"),
    };

    /// <summary>A run that varies everything by its seed.</summary>
    public static SimulationPlan Seeded(string scenario, int seed) => new()
    {
        Scenario = Scenarios[scenario](new Random(seed)),
        Seed = seed,
        Faults = (chance, start, duration) => new ChanceFaults(chance, start, duration),
        Again = Command(string.Create(CultureInfo.InvariantCulture, $"{scenario} seed:{seed}")),
    };

    /// <summary>Reads a plan from what <see cref="SimulationPlan.Again"/> says.</summary>
    /// <exception cref="FormatException">It isn't a plan; the message says what one looks like.</exception>
    public static SimulationPlan Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string scenario = Known(words.FirstOrDefault(""));
        return words is [_, var seed] && seed.StartsWith("seed:", StringComparison.Ordinal)
            ? Seeded(scenario, Number(seed["seed:".Length..]))
            : Small(scenario, [.. words.Skip(1).Select(Fault)]);
    }

    /// <summary>Gives the name of a scenario back.</summary>
    /// <exception cref="FormatException">There is no such scenario; the message names all.</exception>
    public static string Known(string scenario) => Scenarios.ContainsKey(scenario)
        ? scenario
        : throw new FormatException($"There is no scenario '{scenario}'. There are: {string.Join(", ", Scenarios.Keys)}.");

    /// <summary>Reads a number.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException($"'{text}' isn't a number.");

    private static (int Call, FaultMode Mode) Fault(string text) =>
        text.Split(':') is [var call, var mode] && Enum.TryParse(mode, out FaultMode parsed)
            ? (Number(call), parsed)
            : throw new FormatException($"'{text}' is neither a seed (seed:17) nor a fault (37:KillAfter). Faults: {string.Join(", ", Enum.GetNames<FaultMode>())}.");

    /// <summary>Every single fault that a scenario's undisturbed run has room for.</summary>
    public static IReadOnlyList<(int Call, FaultMode Mode)> SingleFaults(string scenario)
    {
        var faults = new List<(int, FaultMode)>();
        SimulationPlan plan = Small(scenario) with { Called = call => faults.AddRange(FaultModes.Of(call.Kind).Select(mode => (call.Number, mode))) };
        Simulation.Run(plan);
        return faults;
    }

    private static string Command(string plan) => $"dotnet run --project tests/Penstock.Simulation -- run {plan}";

    internal static SimulationPlan With(this SimulationPlan plan, Mutant mutant) => plan with { Mutant = mutant };
}
