using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Connectors.Components;
using Penstock.Connectors.Http;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Sources;
using Penstock.Simulation.Hosting;
using Penstock.Simulation.Scheduling;
using Penstock.Simulation.Sources;

namespace Penstock.Simulation.Scenarios;

/// <summary>
/// A real connector, made from a manifest, over an HTTP API: calls fail, break off, and are refused without reason; for a while one
/// window is refused for good, in the middle of others.
/// </summary>
public class OverHttp(Random? chance, int limit = 1_000) : Scenario(chance)
{
    private readonly long? _refusedMoment = chance?.Next(4) == 0 ? SourceLife.Moment(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), chance) : null;
    private readonly double _mended = chance?.NextDouble() ?? 0;

    /// <summary>How many calls the source allows.</summary>
    public ApiQuota Quota { get; } = new(limit, TimeSpan.FromMinutes(1));

    public override StreamShape Shape { get; } = new()
    {
        PageSize = chance?.Next(1, 5) ?? 2,
        Window = TimeSpan.FromMinutes(chance?.Next(10, 60) ?? 40),
        Lookback = TimeSpan.FromMinutes(10),
        IsById = chance?.Next(4) == 0,
    };

    public override Pipeline Pipeline => base.Pipeline with { Manifest = new ManifestFile("connector.yaml", Manifest) };

    /// <summary>The connector.</summary>
    protected virtual string Manifest => ApiManifest.Events(Shape, Quota);

    // Two days of windows would be many calls.
    public override bool KeepsHouse => false;

    public override IStreamOpener Opener(World world, Worker worker, IBlobStore blobs) => new WitnessedOpener(world, worker, new ConnectorStreamOpener(
        new ConfigResolver(world.Secrets), new CredentialBudgets(new DocumentStore(blobs), new RandomIdSource(new Random(world.Seeds.Next())), new ScheduledTime(worker.Time, world.Scheduler)), new ConnectorComponents([]), new ReadingOptions(), worker.Time,
        new Random(world.Seeds.Next()), NullLogger<ConnectorStreamOpener>.Instance,
        new HttpTransport(HostPolicy.AnyPublic, new SourceApi(world, worker, this, Chance), time: worker.Time)));

    /// <summary>How much longer the source refuses every call; null if it doesn't.</summary>
    public virtual TimeSpan? Pause(DateTimeOffset now) => null;

    /// <summary>What the source answers a call.</summary>
    public virtual IReadOnlyList<SourceRecord> Query(World world, string path, long from, long to, (long Updated, string Id)? after) =>
        world.Source.Query(StreamSlice.NoPartition, from, to, after, Shape);

    /// <summary>Whether the source refuses a call for good.</summary>
    public virtual bool Refuses(World world, string path, long since, long until) =>
        since <= _refusedMoment && _refusedMoment <= until && world.Time.GetUtcNow() < Start + (Duration * _mended);

    public override void Begin(World world) => SourceLife.Begin(world, Chance, Shape, Duration);
}
