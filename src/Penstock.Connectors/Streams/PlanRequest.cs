namespace Penstock.Connectors.Streams;

/// <summary>What to plan for.</summary>
/// <param name="Cursors">Where each partition's cursor stands; <see cref="NoCursors"/> for a first run.</param>
/// <param name="Window">A past window <c>[from, to)</c> to read instead of what is new (backfill); null for an incremental run.</param>
/// <param name="Position">A position that an earlier <see cref="SlicesPlanned"/> gave, or null to begin.</param>
/// <param name="AsOf">
/// The instant that counts as now in the manifest's start and end times; null for the clock's. A plan that is taken up again
/// later must give the same windows, or there would be gaps between those planned before and after.
/// </param>
public sealed record PlanRequest(
    ICursorStates Cursors, BackfillWindow? Window = null, string? Position = null, DateTimeOffset? AsOf = null);

/// <summary>A past window, half open.</summary>
/// <param name="From">The first instant of the window.</param>
/// <param name="To">The first instant after the window.</param>
public sealed record BackfillWindow(DateTimeOffset From, DateTimeOffset To);

/// <summary>Looks up a partition's cursor state without holding the states of all partitions at once.</summary>
public interface ICursorStates
{
    /// <summary>Gives a partition's cursor state as JSON, or null if there is none yet.</summary>
    /// <param name="partition">The partition as in <see cref="StreamSlice.Partition"/>.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    ValueTask<string?> FindAsync(string partition, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives the states of a parent that is read incrementally (<c>incremental_dependency</c>), as they were when the children of
    /// what it had given were last complete; null to read the parent whole, which is always right.
    /// </summary>
    /// <param name="stream">The parent's name.</param>
    ICursorStates? ForParent(string stream) => null;
}

/// <summary>No cursor has a state yet.</summary>
public sealed class NoCursors : ICursorStates
{
    /// <summary>The one instance.</summary>
    public static NoCursors Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask<string?> FindAsync(string partition, CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>(null);
}
