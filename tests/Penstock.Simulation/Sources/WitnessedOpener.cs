using System.Runtime.CompilerServices;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Sources;

/// <summary>Opens streams and has the witness see each page that they give.</summary>
public sealed class WitnessedOpener(World world, Worker worker, IStreamOpener inner) : IStreamOpener
{
    public async ValueTask<StreamOpening> OpenAsync(Pipeline pipeline, string stream, CancellationToken cancellationToken = default)
    {
        StreamOpening opening = await inner.OpenAsync(pipeline, stream, cancellationToken);
        return opening is StreamOpened opened
            ? new StreamOpened(world.Mutant.Wrap(new WitnessedStream(world, worker, opened.Stream), world))
            : opening;
    }
}

/// <summary>Opens one stream, always.</summary>
public sealed class OneStream(IStream source) : IStreamOpener
{
    public ValueTask<StreamOpening> OpenAsync(Pipeline pipeline, string stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<StreamOpening>(new StreamOpened(source));
}

/// <summary>A stream whose pages the witness sees.</summary>
public sealed class WitnessedStream(World world, Worker worker, IStream inner) : IStream
{
    public string Name => inner.Name;

    public IReadOnlyList<IReadOnlyList<string>> PrimaryKey => inner.PrimaryKey;

    public string? CursorField => inner.CursorField;

    public ReadOnlyMemory<byte> JsonSchema => inner.JsonSchema;

    public IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, CancellationToken cancellationToken = default) => inner.PlanAsync(request, cancellationToken);

    public async IAsyncEnumerable<ReadStep> ReadAsync(StreamSlice slice, string? position, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        world.Invariants.Obedience.Reads();
        world.Invariants.Budget.Reads();
        await foreach (ReadStep step in inner.ReadAsync(slice, position, cancellationToken))
        {
            switch (step)
            {
                case PageRead page:
                    byte[][] records = [.. page.Records.Select(record => record.ToArray())];
                    world.Invariants.Witness.Saw(slice, position, page, [.. records.Select(record => SourceRecord.Parse(record).Uid)]);
                    position = page.NextPosition;
                    world.Invariants.Obedience.HasRead(worker);
                    yield return page with { Records = [.. records.Select(record => (ReadOnlyMemory<byte>)record)] };
                    // The memory of a page is valid only until the next step is asked for.
                    Array.ForEach(records, Array.Clear);
                    break;
                case ReadFailed { Error: { Kind: not SourceErrorKind.Transient } }:
                    world.Invariants.Witness.Refused.Add(slice);
                    yield return step;
                    break;
                case ReadWaits { Failure: null } wait:
                    world.Invariants.Budget.Waits(worker, wait);
                    yield return step;
                    break;
                default:
                    yield return step;
                    break;
            }
        }
    }

    public IStream? Parent(string name) => inner.Parent(name);

    public string? Greatest(string? one, string? other) => inner.Greatest(one, other);

    public string? Advance(string? cursorState, IReadOnlyList<CompleteSlice> complete) => inner.Advance(cursorState, complete);
}
