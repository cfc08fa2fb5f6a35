using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Pipelines;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Transforming;
using Penstock.Simulation.Mutants;
using Penstock.Simulation.Ports;
using Penstock.Simulation.Scheduling;

namespace Penstock.Simulation.Hosting;

/// <summary>
/// One process: the real stages, composed as a host composes them, with a clock of its own. When it is killed, nothing of it
/// ever goes on: what it awaits never comes.
/// </summary>
public sealed class Worker
{
    // Not shared by runs: whatever waits for it would be kept as long as the process.
    private readonly Task _never = new TaskCompletionSource().Task;
    private readonly World _world;
    private readonly int _generation;
    private readonly ServiceProvider _services;

    public Worker(World world, int number, int generation, TimeSpan skew)
    {
        (_world, Number, _generation) = (world, number, generation);
        Time = new SkewedTime(world.Time, skew);
        Mutant mutant = world.Mutant;
        IBlobStore blobs = mutant.Wrap(new WorkerBlobStore(world, this), world);
        _services = new ServiceCollection()
            .AddSingleton<IPipelineCatalog>(world.Catalog)
            .AddSingleton(world.Scenario.Opener(world, this, blobs))
            .AddSingleton(blobs)
            .AddSingleton(mutant.Wrap(new WorkerQueue(world, this), world))
            .AddSingleton(mutant.Wrap(new WorkerCuratedStore(world, this), world))
            .AddSingleton<ISecretStore>(world.Secrets)
            .AddSingleton<IIdSource>(world.Ids)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPenstock(world.Scenario.Extract with { Instance = $"w{number}g{generation}" })
            .AddSingleton(new TransformOptions { BatchRecords = 3 })
            .AddSingleton(new ReplayOptions { BlobsPerBatch = 3 })
            .BuildServiceProvider();
    }

    public int Number { get; }

    public TimeProvider Time { get; }

    public bool IsDead { get; private set; }

    /// <summary>How many messages, ticks and batches it works on.</summary>
    public int Busy { get; set; }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Ends the process at once, as kill -9 does; the platform starts another in its place.</summary>
    public void Kill()
    {
        if (IsDead)
            return;
        IsDead = true;
        _world.Died(this, _generation);
    }

    /// <summary>Goes on if the process lives, and never if it doesn't.</summary>
    public Task AliveAsync() => IsDead ? _never : Task.CompletedTask;

    public override string ToString() => $"w{Number}g{_generation}";
}
