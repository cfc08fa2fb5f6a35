using System.CommandLine;
using Penstock.Benchmarks.Measuring;

namespace Penstock.Benchmarks.Reading;

/// <summary><c>read</c>: reads 1,000 pages of 1,000 records with the tool itself, in each of the ways that are asked for.</summary>
internal sealed class ReadCommand : Command
{
    private readonly Argument<string[]> _scenarios = new("SCENARIO")
    {
        Description = $"Any of {string.Join(", ", Scenario.All.Select(scenario => scenario.Name))}; all by default.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int> _pages = new("--pages") { Description = "Pages of 1,000 records.", DefaultValueFactory = _ => 1_000 };
    private readonly Option<int> _parents = new("--parents") { Description = "Parents of the child stream; a multiple of 1,000.", DefaultValueFactory = _ => 100_000 };
    private readonly Option<int> _runs = new("--runs") { Description = "How often each is run; the median of the processor time counts.", DefaultValueFactory = _ => 3 };

    public ReadCommand()
        : base("read", "Reads generated pages from loopback with 'penstock read' and the Extract stage: processor time and memory of the whole process, start included.")
    {
        _scenarios.AcceptOnlyFromAmong([.. Scenario.All.Select(scenario => scenario.Name)]);
        Add(_scenarios);
        Add(_pages);
        Add(_parents);
        Add(_runs);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        int pages = parsed.GetValue(_pages);
        string[] names = parsed.GetValue(_scenarios) is { Length: > 0 } chosen ? chosen : [.. Scenario.All.Select(scenario => scenario.Name)];
        string folder = Directory.CreateTempSubdirectory("penstock-benchmark-").FullName;
        try
        {
            await using Source source = await Source.StartAsync(pages, parsed.GetValue(_parents));
            string manifest = Path.Combine(folder, "connector.yaml");
            string config = Path.Combine(folder, "config.json");
            await File.WriteAllTextAsync(manifest, Scenario.Manifest, cancellationToken);
            await File.WriteAllTextAsync(config, $$"""{"url":"{{source.Url}}"}""", cancellationToken);
            Console.WriteLine($"{pages:N0} pages of {GeneratedPages.RecordsPerPage:N0} records of {new GeneratedPages().RecordBytes:F0} bytes; {parsed.GetValue(_parents):N0} parents; median of {parsed.GetValue(_runs)} runs.");
            var rows = new List<IReadOnlyList<string>>();
            foreach (string name in names)
            {
                var usages = new List<Usage>();
                for (int run = 0; run < parsed.GetValue(_runs); run++)
                    usages.Add(await MeasureAsync(name, manifest, config, Path.Combine(folder, $"data-{run}")));
                rows.Add(Row(Scenario.All.Single(scenario => scenario.Name == name), usages));
            }

            Table.Write(Console.Out, ["scenario", "CPU s", "goal", "seconds", "peak MB", "goal MB", "what"], rows);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<Usage> MeasureAsync(string name, string manifest, string config, string data) => name == "landed"
        ? MeasuredProcess.RunAsync("Penstock.Benchmarks", "land", "--manifest", manifest, "--config", config, "--data", data)
        : MeasuredProcess.RunAsync("penstock", "read", "--manifest", manifest, "--config", config, "--stream", name);

    private static string[] Row(Scenario scenario, List<Usage> usages)
    {
        Usage median = usages.OrderBy(usage => usage.Cpu).ElementAt(usages.Count / 2);
        return
        [
            scenario.Name, $"{median.Cpu.TotalSeconds:F2}", scenario.CpuSeconds is { } goal ? $"≤ {goal:0.0}" : "", $"{median.Elapsed.TotalSeconds:F2}",
            $"{usages.Max(usage => usage.PeakBytes) / 1e6:F0}", $"≤ {scenario.PeakMegabytes}", scenario.Meaning,
        ];
    }
}
