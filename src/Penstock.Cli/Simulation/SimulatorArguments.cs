using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Simulator;

namespace Penstock.Cli.Simulation;

/// <summary>The options of <c>penstock simulate</c>, and what they come to.</summary>
internal sealed class SimulatorArguments
{
    private readonly Option<int> _port = new("--port") { Description = "The port on 127.0.0.1; 0 for any free one.", DefaultValueFactory = _ => 5080 };
    private readonly Option<int> _seed = new("--seed") { Description = "The same seed gives the same records and the same faults.", DefaultValueFactory = _ => 1 };

    private readonly Option<IReadOnlyList<Quota>> _quotas = new("--quota")
    {
        Description = $"A limit on the calls of each key, any number of them: {QuotaText.Forms}.",
        HelpName = "QUOTA",
        CustomParser = Parsed.List(QuotaText.Read, "a quota", QuotaText.Forms),
    };

    private readonly Option<IReadOnlyList<Dataset>> _datasets = new("--dataset")
    {
        Description = $"A generated collection at /NAME, any number of them: {DatasetText.Forms}. [default: items:10000:page]",
        HelpName = "DATASET",
        CustomParser = Parsed.List(DatasetText.Read, "a dataset", DatasetText.Forms),
    };

    private readonly Option<IReadOnlyList<ApiKey>> _keys = new("--key")
    {
        Description = "An API key that may call, NAME=VALUE, any number of them; without any everyone may.",
        HelpName = "NAME=VALUE",
        CustomParser = Parsed.List(ReadKey, "a key", "NAME=VALUE"),
    };

    private readonly Option<IReadOnlyList<Fault>> _faults = new("--fault")
    {
        Description = $"What goes wrong now and then, any number of them: {FaultText.Forms}.",
        HelpName = "FAULT",
        CustomParser = Parsed.List(FaultText.Read, "a fault", FaultText.Forms),
    };

    private readonly Option<double> _faultRate = new("--fault-rate") { Description = "How many of the calls start a fault, from 0 to 1.", DefaultValueFactory = _ => 0.05 };
    private readonly Option<int> _burst = new("--burst") { Description = "How many calls in a row a fault spoils.", DefaultValueFactory = _ => 1 };

    private readonly Option<string[]> _headers = new("--rate-headers")
    {
        Description = $"How limits are told besides Retry-After in seconds, any number of: {RateHeaderText.Forms}.",
        HelpName = "FORM",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _file = new("--options")
    {
        Description = "A JSON file that says all this and more; only --port is taken from the command line then.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_port, _seed, _quotas, _datasets, _keys, _faults, _faultRate, _burst, _headers, _file])
            command.Add(option);
    }

    /// <summary>The options, checked, or what is wrong with them.</summary>
    public (SimulatorOptions? Options, string? Problem) Read(ParseResult parsed, Func<string, string> fullPath)
    {
        (SimulatorOptions? options, string? problem) = parsed.GetValue(_file) is { } file ? SimulatorOptionsFile.Read(fullPath(file), file) : FromArguments(parsed);
        if (options is null)
            return (null, problem);
        try
        {
            return ((options with { Port = parsed.GetValue(_port) }).Validated(), null);
        }
        catch (ArgumentException e)
        {
            return (null, e.Message);
        }
    }

    private (SimulatorOptions? Options, string? Problem) FromArguments(ParseResult parsed)
    {
        RateLimitHeaderOptions? headers = new();
        foreach (string form in parsed.GetRequiredValue(_headers))
        {
            headers = RateHeaderText.Add(headers, form);
            if (headers is null)
                return (null, $"'{form}' is no form of rate headers. It is one of {RateHeaderText.Forms}.");
        }

        IReadOnlyList<Fault> faults = parsed.GetValue(_faults) ?? [];
        IReadOnlyList<Quota> quotas = parsed.GetValue(_quotas) ?? [];
        return (new SimulatorOptions
        {
            Seed = parsed.GetValue(_seed),
            // Headers name quotas: two of one kind need two names.
            Quotas = [.. quotas.Select((quota, index) => quotas.Take(index).Any(other => other.Name == quota.Name) ? quota with { Name = $"{quota.Name}-{index + 1}" } : quota)],
            Datasets = parsed.GetValue(_datasets) ?? [new Dataset("items")],
            Keys = new KeyOptions { Known = parsed.GetValue(_keys) ?? [] },
            RateLimitHeaders = headers,
            Faults = faults.Count == 0 ? new FaultOptions() : new FaultOptions { Probability = parsed.GetValue(_faultRate), BurstLength = parsed.GetValue(_burst), Kinds = faults },
        }, null);
    }

    private static ApiKey? ReadKey(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } value] ? new ApiKey(name, value) : null;
}
