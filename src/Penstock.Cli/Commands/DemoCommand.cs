using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Demo;
using Penstock.Cli.Local;
using Penstock.Cli.Output;
using Penstock.Cli.Simulation;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Simulator;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock demo</c>: the whole path of a record on real data, against a simulated service with a quota.</summary>
internal sealed class DemoCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<Quota?> _quota = new("--quota")
    {
        Description = $"What the simulated service allows: {QuotaText.Forms}. [default: fixed:10/4s]",
        HelpName = "QUOTA",
        CustomParser = Parsed.One(QuotaText.Read, "a quota", QuotaText.Forms),
    };

    private readonly Option<bool> _verbose = CommonOptions.Verbose();
    private readonly Option<bool> _json = CommonOptions.Json();

    public DemoCommand(Surroundings surroundings)
        : base(
            "demo",
            "Runs the sample pipeline 'earthquakes' (pipelines/earthquakes, which it writes if there is none) on one real week of data: plan, extract under a quota, land raw, check the contract, curate. Needs no network. Killed, the next one takes it up where it was; run again, nothing is doubled.",
            ("demo", "into ./penstock-data"),
            ("demo --data /tmp/quakes", "into another folder"),
            ("demo --quota 2/1s", "against a slower service"),
            ("demo --json", "the figures as JSON"))
    {
        _surroundings = surroundings;
        Add(_data);
        Add(_quota);
        Add(_verbose);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string data = _surroundings.FullPath(parsed.GetRequiredValue(_data));
        var own = new DemoSample(_surroundings);
        (PipelineEntry? entry, bool isUnchanged) = await own.FindAsync(cancellationToken);
        if (entry is not UsablePipeline { Pipeline: var sample })
        {
            return Failure.Report(_surroundings, $"The sample pipeline '{_surroundings.ShortPath(own.Folder)}' is broken or gone.",
                $"Run: penstock validate; or remove its folder, and the demo writes it anew.");
        }

        Quota quota = parsed.GetValue(_quota) ?? new Quota.FixedWindow(10, TimeSpan.FromSeconds(4));
        await using SimulatedApi api = await SimulatedApi.StartAsync(
            new SimulatorOptions { Quotas = [quota], RateLimitHeaders = new RateLimitHeaderOptions { StructuredFields = true } }, _surroundings.Time, cancellationToken: cancellationToken);
        Pipeline pipeline = DemoPipeline.At(api.BaseAddress, sample);
        await using LocalWork? work = LocalWork.TryOpen(data, "", pipeline, _surroundings.Time, parallelism: 2, parsed.GetValue(_verbose));
        if (work is null)
        {
            return Failure.Report(_surroundings, $"Another penstock works on '{_surroundings.ShortPath(data)}'.",
                "Wait until it is done, or give another folder with --data DIR.");
        }

        _surroundings.Error.WriteLine($"Simulating the USGS earthquake service on {api.BaseAddress}, which allows {QuotaText.Describe(quota)}.");
        if (await new LocalSync(work, _surroundings).RunAsync(new RunNow(pipeline.Name, []), cancellationToken) is not SyncDone { Snapshot: var snapshot })
            return ExitCode.Failed;
        var result = new DemoResult(snapshot, api.Statistics, quota, await DemoTruth.FindAsync(work.Get<ICuratedStore>(), cancellationToken), isUnchanged);
        if (parsed.GetValue(_json))
            Report.WriteJson(_surroundings, result.ToJson(data));
        else
            result.Write(_surroundings, data);
        return result.IsGood ? ExitCode.Ok : ExitCode.Failed;
    }
}
