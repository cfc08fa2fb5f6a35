using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Output;
using Penstock.Cli.Simulation;
using Penstock.Simulator;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock simulate</c>: a SaaS API on this machine, with quotas and faults.</summary>
internal sealed class SimulateCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly SimulatorArguments _arguments = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public SimulateCommand(Surroundings surroundings)
        : base(
            "simulate",
            "Serves a simulated SaaS API on this machine until Ctrl+C: one real week of earthquakes under the paths of the USGS, and generated collections with every way of paging.",
            ("simulate", "earthquakes and 10,000 generated items on port 5080"),
            ("simulate --quota 10/1s --rate-headers structured", "at most ten calls in any second"),
            ("simulate --dataset users:5000:cursor --dataset orders:100000:link --key me=s3cret", "two collections that want a key"),
            ("simulate --fault 503 --fault cut --fault-rate 0.1 --burst 3", "one call in ten starts a burst of three faults"))
    {
        _surroundings = surroundings;
        _arguments.AddTo(this);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        (SimulatorOptions? options, string? problem) = _arguments.Read(parsed, _surroundings.FullPath);
        if (options is null)
            return Failure.Report(_surroundings, problem!, "Run 'penstock simulate --help' to see what there is.", ExitCode.BadInput);
        SimulatedApi api;
        try
        {
            api = await SimulatedApi.StartAsync(options, _surroundings.Time, cancellationToken: cancellationToken);
        }
        catch (IOException e)
        {
            return Failure.Report(_surroundings, e.Message, "Choose another port with --port, or --port 0 for any free one.");
        }

        await using (api)
        {
            bool json = parsed.GetValue(_json);
            if (json)
                Report.WriteJson(_surroundings, new { api.BaseAddress, api.BaseAddress.Port });
            else
                Introduce(api.BaseAddress, options);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _surroundings.Time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C is how it ends.
            }

            Conclude(api.Statistics, json);
            return ExitCode.Ok;
        }
    }

    private void Introduce(Uri address, SimulatorOptions options)
    {
        TextWriter output = _surroundings.Out;
        string key = options.Keys.Known.Count > 0 ? " -H 'X-Api-Key: VALUE'" : "";
        output.WriteLine($"Simulating a SaaS API on {address} until Ctrl+C.");
        foreach (Quota quota in options.Quotas)
            output.WriteLine($"Each key may make {QuotaText.Describe(quota)}.");
        output.WriteLine("Try:");
        if (options.Earthquakes is not null)
            output.WriteLine($"  curl{key} '{address}fdsnws/event/1/query?format=geojson&orderby=time-asc&limit=2'");
        foreach (Dataset dataset in options.Datasets)
            output.WriteLine($"  curl -i{key} '{address}{dataset.Name}?limit=2'");
        output.WriteLine($"  curl {address}_simulator/statistics");
        output.WriteLine($"  curl -X POST {address}_simulator/reset");
        output.Flush();
    }

    private void Conclude(SimulatorStatistics statistics, bool json)
    {
        if (json)
        {
            Report.WriteJson(_surroundings, statistics with { Log = [] });
            return;
        }

        Report.WriteTable(
            _surroundings,
            ["calls", "allowed", "refused", "429s", "5xx", "cut"],
            [[statistics.Calls, statistics.Allowed, statistics.Refused, statistics.Throttled, statistics.ServerErrors, statistics.Cut]]);
        if (statistics.Datasets.Count > 0)
            Report.WriteTable(_surroundings, ["served", "records", "different"], statistics.Datasets.Select(one => new object?[] { one.Key, one.Value.Served, one.Value.Distinct }));
    }
}
