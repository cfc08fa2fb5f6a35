using System.Runtime.CompilerServices;
using System.Text;
using Penstock.Connectors.Cursors;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Streams;

/// <summary>
/// A StateDelegatingStream: one stream reads everything as long as there is no state, another one what is new since then. Which
/// of them planned a slice is noted in the slice's extra fields.
/// </summary>
/// <param name="full">Reads everything.</param>
/// <param name="incremental">Reads what is new.</param>
/// <param name="retention">How far back the source can tell what is new; null for any time.</param>
internal sealed class DelegatingStream(DeclarativeStream full, DeclarativeStream incremental, IsoDuration? retention) : IStream
{
    private const string Mark = "penstock_incremental";

    public string Name => full.Name;

    public IReadOnlyList<IReadOnlyList<string>> PrimaryKey => full.PrimaryKey;

    public string? CursorField => incremental.CursorField ?? full.CursorField;

    public ReadOnlyMemory<byte> JsonSchema => full.JsonSchema;

    /// <summary>The stream that reads on from a state.</summary>
    /// <param name="state">The stream's state as JSON; null if there is none.</param>
    /// <param name="asOf">What counts as now.</param>
    public DeclarativeStream For(string? state, DateTimeOffset asOf) => state is null || IsTooOld(state, asOf) ? full : incremental;

    /// <summary>Whether a stream is the one that reads everything.</summary>
    public bool IsFull(DeclarativeStream stream) => stream == full;

    public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var state = request.Window is null ? await request.Cursors.FindAsync(StreamSlice.NoPartition, cancellationToken) : null;
        var chosen = For(state, request.AsOf ?? full.Time.GetUtcNow());
        // The full stream doesn't go on from a state that it was chosen in spite of.
        var own = chosen == full ? request with { Cursors = NoCursors.Instance } : request;
        await foreach (var step in chosen.PlanAsync(own, cancellationToken))
            yield return chosen == incremental && step is SlicesPlanned batch ? batch with { Slices = [.. batch.Slices.Select(Marked)] } : step;
    }

    public IAsyncEnumerable<ReadStep> ReadAsync(StreamSlice slice, string? position, CancellationToken cancellationToken = default)
    {
        var (stream, own) = Owner(slice);
        return stream.ReadAsync(own, position, cancellationToken);
    }

    public string MigrateState(string state) => full.MigrateState(incremental.MigrateState(state));

    public IStream? Parent(string name) => incremental.Parent(name) ?? full.Parent(name);

    public string? Greatest(string? one, string? other) => (incremental.Cursor is null ? full : incremental).Greatest(one, other);

    public string? Advance(string? cursorState, IReadOnlyList<CompleteSlice> complete)
    {
        if (complete.Count == 0) return incremental.Advance(cursorState, complete);
        var (stream, _) = Owner(complete[0].Slice);
        return stream.Advance(stream == full ? null : cursorState, [.. complete.Select(slice => slice with { Slice = Owner(slice.Slice).Slice })]);
    }

    private bool IsTooOld(string state, DateTimeOffset asOf)
    {
        if (retention is null || (incremental.Cursor ?? full.Cursor) is not { } cursor) return false;
        var fields = CursorState.Read(state).Fields;
        // Airbyte's mark of a full reading that was completed: that is never too old.
        if (full.Cursor is null && fields.Find(StreamState.NoCursorMarker).IsTruthy) return false;
        var reached = fields.Find(cursor.Field);
        // A state that can't be judged is no state to rely on.
        return !retention.TrySubtractFrom(asOf, out var cutoff) || !cursor.TryRank(ValueJsonWriter.ToUtf8(reached), out var rank)
            || rank < cutoff.UtcTicks / TimeSpan.TicksPerMicrosecond;
    }

    private static StreamSlice Marked(StreamSlice slice)
    {
        var extra = slice.ExtraFields is null ? new DictValue() : ValueJsonReader.Read(slice.ExtraFields).AsDict!;
        extra[Mark] = true;
        return slice with { ExtraFields = ValueJsonWriter.ToText(extra) };
    }

    private (DeclarativeStream Stream, StreamSlice Slice) Owner(StreamSlice slice)
    {
        if (slice.ExtraFields?.Contains(Mark, StringComparison.Ordinal) != true) return (full, slice);
        var extra = ValueJsonReader.Read(slice.ExtraFields).AsDict!;
        var isMarked = extra.Entries.Remove(Mark);
        return (isMarked ? incremental : full, slice with { ExtraFields = extra.Length == 0 ? null : ValueJsonWriter.ToText(extra) });
    }
}
