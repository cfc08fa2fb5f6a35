using System.Runtime.CompilerServices;
using System.Text;
using Penstock.Connectors.Cursors;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Partitions;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Schemas;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Streams;

/// <summary>A stream put together from a partition router, a cursor and a retriever.</summary>
internal sealed class DeclarativeStream : IStream
{
    private const int MostWindows = 200_000;

    // Beyond this, a partition that comes again is read again: the curated result is the same.
    private const int MostRemembered = 10_000;

    public required string Name { get; init; }

    public required IReadOnlyList<IReadOnlyList<string>> PrimaryKey { get; init; }

    public required ReadOnlyMemory<byte> JsonSchema { get; init; }

    /// <summary>The whole schema, for what can ask the source for it; null if there is none.</summary>
    public required StreamSchema? Schema { get; init; }

    public required IPartitionRouter Router { get; init; }

    public required IStreamCursor? Cursor { get; init; }

    public required IRetriever Retriever { get; init; }

    public required StateShape StateShape { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>What brings states of older versions into today's form.</summary>
    public IReadOnlyList<IStateMigration> Migrations { get; init; } = [];

    /// <summary>Whether records of this stream point to files, which Airbyte would download.</summary>
    public bool PointsToFiles { get; init; }

    public string? CursorField => Cursor?.Field;

    public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var asOf = request.AsOf ?? Time.GetUtcNow();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // Parents' states are kept with those of their child: without a cursor it has none, and everything is read.
        var ofParents = request with { AsOf = asOf, Cursors = Cursor is null ? NoCursors.Instance : request.Cursors };
        await foreach (var step in Router.PlanAsync(ofParents, cancellationToken))
        {
            var planned = step is SlicesPlanned batch ? await WithWindowsAsync(batch, request, asOf, seen, cancellationToken) : step;
            yield return planned;
            if (planned is not SlicesPlanned) yield break;
        }
    }

    public async IAsyncEnumerable<ReadStep> ReadAsync(StreamSlice slice, string? position, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var steps = Retriever.ReadAsync(Scope(slice), position, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(steps) is { } step)
        {
            yield return step;
            if (step is not PageRead) yield break;
        }
    }

    public string MigrateState(string state) => Migrations.Count > 0 && ValueJsonReader.Read(state).AsDict is { } fields
        ? ValueJsonWriter.ToText(StateMigrations.Apply(Migrations, fields))
        : state;

    public IStream? Parent(string name) => IncrementalParents.Of(Router).FirstOrDefault(parent => parent.Stream.Name == name)?.Stream;

    public string? Greatest(string? one, string? other)
    {
        if (one is null || other is null || Cursor is null) return one ?? other;
        if (!Cursor.TryRank(Encoding.UTF8.GetBytes(one), out var rankOfOne)) return other;
        return Cursor.TryRank(Encoding.UTF8.GetBytes(other), out var rankOfOther) && rankOfOther > rankOfOne ? other : one;
    }

    public string? Advance(string? cursorState, IReadOnlyList<CompleteSlice> complete) => Cursor?.Advance(cursorState, complete, Time.GetUtcNow());

    // What components throw about the source or the manifest is a result for whoever reads the stream.
    private static async ValueTask<ReadStep?> NextAsync(IAsyncEnumerator<ReadStep> steps)
    {
        try
        {
            return await steps.MoveNextAsync() ? steps.Current : null;
        }
        catch (SourceFaultException fault)
        {
            return new ReadFailed(fault.Error);
        }
        catch (ExpressionException fault)
        {
            return new ReadFailed(new SourceError(SourceErrorKind.Config, fault.Message));
        }
    }

    private async ValueTask<PlanStep> WithWindowsAsync(
        SlicesPlanned batch, PlanRequest request, DateTimeOffset asOf, HashSet<string> seen, CancellationToken cancellationToken)
    {
        if (Cursor is null) return batch;
        var slices = new List<StreamSlice>();
        try
        {
            // The reference reads a partition that comes twice only once if it is incremental.
            foreach (var partition in batch.Slices.Where(slice => seen.Count >= MostRemembered ? !seen.Contains(slice.Partition) : seen.Add(slice.Partition)))
            {
                var state = request.Window is null ? await StateAsync(request.Cursors, partition.Partition, cancellationToken) : null;
                var windows = request.Window is { } past ? Cursor.PlanWithin(past, asOf) : Cursor.Plan(state, asOf);
                // What a parent's record holds of its children is everything; what is new must be asked for.
                var extra = state is null && request.Window is null ? partition.ExtraFields : GivenResponse.Without(partition.ExtraFields);
                var before = slices.Count;
                slices.AddRange(windows.Take(MostWindows + 1).Select(window => partition with { Window = window, ExtraFields = extra }));
                if (slices.Count - before > MostWindows)
                    return new PlanFailed(new SourceError(SourceErrorKind.Config, $"A partition would have more than {MostWindows} windows. Choose a longer step or a later start."));
            }
        }
        catch (SourceFaultException fault)
        {
            return new PlanFailed(fault.Error);
        }
        catch (ExpressionException fault)
        {
            return new PlanFailed(new SourceError(SourceErrorKind.Config, fault.Message));
        }

        return batch with { Slices = slices };
    }

    // A partition without a state of its own begins where the stream as a whole stands, if that is known.
    private static async ValueTask<string?> StateAsync(ICursorStates cursors, string partition, CancellationToken cancellationToken) =>
        await cursors.FindAsync(partition, cancellationToken)
        ?? (partition == StreamSlice.NoPartition || cursors is ITrackedCursors ? null : await cursors.FindAsync(StreamSlice.NoPartition, cancellationToken));

    private SliceScope Scope(StreamSlice slice)
    {
        var window = slice.Window is { } own && Cursor is not null
            ? new DictValue { [Cursor.StartField] = Cursor.ToValue(own.Start), [Cursor.EndField] = Cursor.ToValue(own.End) }
            : null;
        var extra = slice.ExtraFields is null ? null : ValueJsonReader.Read(slice.ExtraFields).AsDict;
        return new SliceScope(slice, new SliceValue(PartitionJson.Read(slice.Partition), window, extra), extra);
    }
}
