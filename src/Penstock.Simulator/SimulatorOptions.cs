namespace Penstock.Simulator;

/// <summary>What a simulated API serves, and how badly it behaves. The default: the earthquake catalogue, open to all, without limits or faults.</summary>
public sealed record SimulatorOptions
{
    /// <summary>TCP port on 127.0.0.1; 0, the default, takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>Seed of every generated record, and of the chance of faults when no <see cref="Random"/> is injected. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Who may call. Default: anyone.</summary>
    public KeyOptions Keys { get; init; } = new();

    /// <summary>Limits that every key has for itself; a call needs room in all of them. Default: none.</summary>
    public IReadOnlyList<Quota> Quotas { get; init; } = [];

    /// <summary>How limits are told to callers. Default: <c>Retry-After</c> in seconds, nothing else.</summary>
    public RateLimitHeaderOptions RateLimitHeaders { get; init; } = new();

    /// <summary>Generated collections. Default: none.</summary>
    public IReadOnlyList<Dataset> Datasets { get; init; } = [];

    /// <summary>The USGS earthquake routes under <c>/fdsnws/event/1/</c>; null leaves them out.</summary>
    public EarthquakeOptions? Earthquakes { get; init; } = new();

    /// <summary>What goes wrong, by chance or by script. Default: nothing.</summary>
    public FaultOptions Faults { get; init; } = new();

    /// <summary>Whether bodies are compressed for callers that accept gzip. Default true.</summary>
    public bool Gzip { get; init; } = true;

    /// <summary>How many of the latest calls the log keeps. Default 1,000.</summary>
    public int LogSize { get; init; } = 1000;

    /// <summary>Reads options from a JSON document; the README beside this project shows one.</summary>
    /// <param name="json">The document.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <exception cref="ArgumentException">An option is unknown, of the wrong kind or out of range; the message says which and where.</exception>
    public static SimulatorOptions Parse(string json, string fileName) => OptionsJson.Parse(json, fileName);

    /// <summary>These options, checked.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it and says what is allowed.</exception>
    public SimulatorOptions Validated()
    {
        Check.That(Port is >= 0 and <= 65535, nameof(Port), Port, "a TCP port, or 0 for any free one");
        Check.That(LogSize >= 0, nameof(LogSize), LogSize, "0 or more");
        Keys.Validate();
        Check.NoTwins(Quotas.Select(quota => quota.Name), "quota name");
        foreach (var quota in Quotas) quota.Validate();
        RateLimitHeaders.Validate();
        Check.NoTwins(Datasets.Select(dataset => dataset.Name), "dataset name");
        foreach (var dataset in Datasets) dataset.Validate();
        Earthquakes?.Validate();
        Faults.Validate();
        return this;
    }
}
