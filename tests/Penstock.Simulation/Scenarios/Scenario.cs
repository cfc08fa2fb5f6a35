using Penstock.Connectors.Streams;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Simulation.Faults;
using Penstock.Simulation.Hosting;
using Penstock.Simulation.Sources;

namespace Penstock.Simulation.Scenarios;

/// <summary>What happens in a run, faults apart. Small and fixed without a chance, for exhaustive runs; varied by a seed with one.</summary>
public abstract class Scenario(Random? chance)
{
    private readonly TimeSpan[] _skews = [.. Enumerable.Range(0, 4).Select(_ => TimeSpan.FromMilliseconds(chance?.Next(-MostSkew * 1000, (MostSkew * 1000) + 1) ?? 0))];

    /// <summary>How far a worker's clock may be off, in seconds.</summary>
    public const int MostSkew = 20;

    /// <summary>The scenario's name, for commands.</summary>
    public string Name => GetType().Name;

    public virtual DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How long faults happen.</summary>
    public virtual TimeSpan Duration { get; } = chance is null ? TimeSpan.FromMinutes(7) : TimeSpan.FromMinutes(chance.Next(6, 20));

    public virtual int Workers { get; } = chance?.Next(1, 4) ?? 2;

    /// <summary>How long a stage may work on a message before it must stop gracefully.</summary>
    public virtual TimeSpan TimeLimit { get; } = chance?.Next(4) == 0 ? TimeSpan.Zero : TimeSpan.FromMinutes(5);

    public virtual ExtractOptions Extract { get; } = new()
    {
        BlobBytes = chance?.Next(4) switch { 0 => 1, 1 => 400, 2 => 4_000, _ => 150 },
        LeaseDuration = TimeSpan.FromMinutes(3),
        SlicesPerBatch = chance?.Next(3) switch { 0 => 1, 1 => 2, 2 => 100, _ => 3 },
    };

    public virtual StreamShape Shape { get; } = new()
    {
        PageSize = chance?.Next(1, 5) ?? 2,
        Window = TimeSpan.FromMinutes(chance?.Next(2, 40) ?? 40),
        Lookback = TimeSpan.FromMinutes(10),
        IsById = chance?.Next(4) == 0,
    };

    /// <summary>How often a message comes late or twice.</summary>
    public virtual double Disorder { get; } = chance is null ? 0 : new[] { 0, 0.05, 0.3 }[chance.Next(3)];

    /// <summary>The stream that is pulled; null if none is.</summary>
    public virtual string? PulledStream => "events";

    /// <summary>The stream that is received; null if none is.</summary>
    public virtual string? ReceivedStream => null;

    /// <summary>Whether the run goes on for some days after all is checked.</summary>
    public virtual bool KeepsHouse { get; } = chance is null || chance.Next(8) == 0;

    /// <summary>Whether operators cancel runs.</summary>
    public virtual bool Cancels => false;

    /// <summary>Whether what operators ask for must come to pass, however late.</summary>
    public virtual bool MustBeDone => !Cancels;

    public virtual Pipeline Pipeline => new()
    {
        Name = "sample",
        Schedule = new Every(TimeSpan.FromMinutes(5)),
        Streams = [.. Streams()],
    };

    /// <summary>What breaks the contract: a note that isn't a text.</summary>
    protected static Contract Contract { get; } =
        new("events", "1.0.0", [new ContractProperty { Name = "note", Type = LogicalType.String, Required = true }]);

    /// <summary>The chance of this run; null for the small, fixed one.</summary>
    protected Random? Chance { get; } = chance;

    /// <summary>How far a worker's clock is off.</summary>
    public virtual TimeSpan Skew(int worker) => _skews[worker];

    /// <summary>Opens the source for a worker.</summary>
    public virtual IStreamOpener Opener(World world, Worker worker, IBlobStore blobs) =>
        new WitnessedOpener(world, worker, new OneStream(new SourceStream(world, worker, Shape)));

    /// <summary>What the timer does each minute.</summary>
    public virtual Task TickAsync(Worker worker) => worker.Get<PlanStage>().RunAsync(worker.Time.GetUtcNow() + (TimeLimit * 0.8));

    /// <summary>What the source answers instead of a page.</summary>
    public virtual FaultMode RefusalOf(World world, StreamSlice slice) => FaultMode.None;

    /// <summary>Sets the scene, and what happens in it.</summary>
    public abstract void Begin(World world);

    /// <summary>The faults are over: nothing new happens, but for one last run.</summary>
    public virtual void End(World world) => world.Catalog.Pipeline = world.Catalog.Pipeline with { Schedule = null, Paused = false };

    private IEnumerable<PipelineStream> Streams()
    {
        if (PulledStream is { } pulled)
            yield return new PipelineStream { Name = pulled, Key = ["id"], Version = "updated", Contract = Contract, Freshness = TimeSpan.FromHours(12) };
        if (ReceivedStream is { } received)
            yield return new PipelineStream { Name = received, Key = ["id"], Version = "updated", Contract = Contract, Reception = new Reception(received, null) };
    }
}
