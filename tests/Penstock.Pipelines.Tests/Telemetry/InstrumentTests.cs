using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Telemetry;
using Penstock.Testing.World;
using static Penstock.Pipelines.Telemetry.TelemetryNames;

namespace Penstock.Pipelines.Tests.Telemetry;

public sealed class InstrumentTests : IDisposable
{
    private readonly ConcurrentQueue<(string Name, double Value, IReadOnlyDictionary<string, object?> Tags)> _seen = new();
    private readonly MeterListener _listener = new();
    private string _pipeline = "";

    public InstrumentTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Source)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => See(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => See(instrument, value, tags));
        _listener.Start();
    }

    [Fact]
    public async Task a_run_is_measured_from_its_calls_to_its_curated_records()
    {
        PenstockWorld world = World("measured");
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with
        {
            Streams = [world.Pipelines.Pipeline.Streams[0] with { Contract = new Contract("n", "1", [new ContractProperty { Name = "updated", Type = LogicalType.String }]) }],
        };
        int throttled = 1;
        world.Stream.Interruption = (_, _) => throttled-- > 0 ? new ReadWaits(world.Time.GetUtcNow().AddMinutes(1), "429") { Calls = new CallCounts(1, 1) } : null;
        await world.RunUntilQuietAsync();

        Assert.Equal(20, Sum(Metrics.Records, "landed"));
        Assert.Equal(20, Sum(Metrics.Records, "quarantined"));
        Assert.Equal(0, Sum(Metrics.Records, "curated"));
        Assert.Equal(6, Sum(Metrics.SourceCalls, "answered"));
        Assert.Equal(1, Sum(Metrics.SourceCalls, "throttled"));
        Assert.Equal(1, Count(Metrics.RunDuration));
        Assert.Equal(3, Count(Metrics.SliceDuration));
        Assert.Equal(2, Count(Metrics.TransformDuration));
        Assert.Equal(2, Count(Metrics.Lag));
        Assert.True(Sum(Metrics.RawBytes) > 0);
    }

    [Fact]
    public async Task freshness_is_told_where_it_is_promised()
    {
        PenstockWorld world = World("promising");
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Streams = [world.Pipelines.Pipeline.Streams[0] with { Freshness = TimeSpan.FromHours(1) }] };
        await world.RunUntilQuietAsync();
        world.Time.Advance(TimeSpan.FromHours(2));
        await world.Get<WatchStage>().RunAsync();
        _listener.RecordObservableInstruments();
        Assert.InRange(Last(Metrics.Freshness), 7200, 7500);
        Assert.InRange(Last(Metrics.FreshnessUsed), 2, 2.1);
    }

    public void Dispose() => _listener.Dispose();

    private PenstockWorld World(string pipeline)
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 20 });
        _pipeline = pipeline;
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Name = pipeline, Schedule = new Every(TimeSpan.FromDays(1)) };
        return world;
    }

    private void See(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _seen.Enqueue((instrument.Name, value, tags.ToArray().ToDictionary()));

    // Other tests measure meanwhile.
    private IEnumerable<(string Name, double Value, IReadOnlyDictionary<string, object?> Tags)> Of(string name) =>
        _seen.Where(one => one.Name == name && one.Tags.GetValueOrDefault(Attributes.Pipeline) as string == _pipeline);

    private double Sum(string name, string? outcome = null) =>
        Of(name).Where(one => outcome is null || one.Tags.GetValueOrDefault(Attributes.Outcome) as string == outcome).Sum(one => one.Value);

    private int Count(string name) => Of(name).Count();

    private double Last(string name) => Of(name).Last().Value;
}
