using Microsoft.AspNetCore.Http;

namespace Penstock.Simulator;

/// <summary>The parts of one simulated API, put together.</summary>
internal sealed class Services : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CallLog _log;
    private readonly CallPipeline _pipeline;
    private readonly Inspection _inspection;
    private readonly DatasetService _datasets;
    private readonly EarthquakeService? _earthquakes;
    private readonly TimeProvider _time;

    public Services(SimulatorOptions options, TimeProvider time, Random random)
    {
        _time = time;
        _log = new CallLog(options.LogSize);
        _datasets = new DatasetService(options, time);
        _earthquakes = options.Earthquakes is { } earthquakes ? new EarthquakeService(earthquakes, options.Gzip, time, options.Keys.QueryName) : null;
        _pipeline = new CallPipeline(options, time, new FaultPlan(options.Faults, random), _log, new Router(_datasets, _earthquakes));
        _inspection = new Inspection(Statistics, Reset);
    }

    public async Task AnswerAsync(Exchange exchange)
    {
        await using var stop = _stopping.Token.UnsafeRegister(static http => ((HttpContext)http!).Abort(), exchange.Http);
        try
        {
            if (exchange.Request.Path.StartsWithSegments("/_simulator")) await _inspection.AnswerAsync(exchange);
            else await _pipeline.HandleAsync(exchange);
        }
        catch (OperationCanceledException) when (exchange.Aborted.IsCancellationRequested)
        {
            // The caller went away, or this server stops: nobody is left to answer.
        }
    }

    public SimulatorStatistics Statistics()
    {
        var datasets = new SortedDictionary<string, DatasetStatistics>(StringComparer.Ordinal);
        foreach (var (path, node) in _datasets.All) datasets[path] = node.Served.Snapshot();
        if (_earthquakes is not null) datasets[EarthquakeService.Dataset] = _earthquakes.Served.Snapshot();
        return _log.Snapshot(datasets);
    }

    public IEnumerable<string> ServedIds(string dataset)
    {
        if (_datasets.All.TryGetValue(dataset, out var node)) return node.Served.Indexes().Select(node.Writer.IdOf);
        return dataset == EarthquakeService.Dataset && _earthquakes is not null ? _earthquakes.ServedIds() : throw Unknown(dataset);
    }

    public IEnumerable<string> AllIds(string dataset)
    {
        if (_datasets.All.TryGetValue(dataset, out var node)) return node.Ids(_time.GetUtcNow());
        return dataset == EarthquakeService.Dataset && _earthquakes is not null ? EarthquakeService.AllIds() : throw Unknown(dataset);
    }

    public void Reset()
    {
        _pipeline.Reset();
        foreach (var node in _datasets.All.Values) node.Served.Reset();
        _earthquakes?.Served.Reset();
    }

    private static ArgumentException Unknown(string dataset) => new($"There is no dataset \"{dataset}\" here.", nameof(dataset));

    /// <summary>Aborts the calls under way.</summary>
    public void Stop() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();
}
