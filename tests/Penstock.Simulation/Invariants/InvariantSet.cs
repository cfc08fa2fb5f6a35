using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Invariants;

/// <summary>Everything that is watched in a run.</summary>
public sealed class InvariantSet
{
    private readonly Invariant[] _all;
    private readonly HashSet<string> _poison = [];

    public InvariantSet(World world)
    {
        Documents = new DocumentStore(world.Blobs);
        Raw = new RawIndex(world);
        Slices = new SliceInvariant(world, this);
        Watch = new WatchInvariant(world, this);
        Runs = new RunInvariant(world, this);
        Budget = new BudgetInvariant(world, this);
        Obedience = new ObedienceInvariant(world, this);
        _all =
        [
            Raw, Slices, Watch, Budget, Runs, Obedience, new CursorInvariant(world, this), new TransformInvariant(world, this),
            new CuratedInvariant(world, this), new SizeInvariant(world), new RestInvariant(world, this), new ReplayInvariant(world, this), new RebuildInvariant(world, this),
        ];
    }

    /// <summary>The documents as they are stored, without faults.</summary>
    public DocumentStore Documents { get; }

    /// <summary>What the source gave.</summary>
    public SourceWitness Witness { get; } = new();

    /// <summary>What is landed.</summary>
    public RawIndex Raw { get; }

    /// <summary>What is committed.</summary>
    public SliceInvariant Slices { get; }

    /// <summary>The runs.</summary>
    public RunInvariant Runs { get; }

    /// <summary>What Watch finds.</summary>
    public WatchInvariant Watch { get; }

    /// <summary>What the budget grants.</summary>
    public BudgetInvariant Budget { get; }

    /// <summary>What operators and hosts ask for.</summary>
    public ObedienceInvariant Obedience { get; }

    /// <summary>Calls that reached the source.</summary>
    public int SourceCalls { get; private set; }

    /// <summary>Notes a message that nobody can process.</summary>
    public void Poison(byte[] body) => _poison.Add(Convert.ToBase64String(body));

    /// <summary>Whether a message is one that nobody can process.</summary>
    public bool IsPoison(byte[] body) => _poison.Contains(Convert.ToBase64String(body));

    /// <summary>How many different messages can't be processed.</summary>
    public int Poisons => _poison.Count;

    /// <summary>A call reached the source.</summary>
    public void Called() => SourceCalls++;

    public async ValueTask WrittenAsync(Worker worker, string name)
    {
        _ = worker;
        foreach (Invariant one in _all)
            await one.WrittenAsync(name);
    }

    public void Deleted(string name)
    {
        foreach (Invariant one in _all)
            one.Deleted(name);
    }

    public void Sent(string queue, ReadOnlyMemory<byte> message)
    {
        foreach (Invariant one in _all)
            one.Sent(queue, message);
    }

    public async ValueTask UpsertedAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records)
    {
        foreach (Invariant one in _all)
            await one.UpsertedAsync(table, records);
    }

    public async ValueTask AtEndAsync()
    {
        foreach (Invariant one in _all)
            await one.AtEndAsync();
    }
}
