namespace Penstock.Connectors.Streams;

/// <summary>One kind of record of a connector, bound to a config: it plans slices, reads them, and moves its cursor.</summary>
public interface IStream
{
    /// <summary>The stream's name, unique in its connector.</summary>
    string Name { get; }

    /// <summary>The primary key: paths into the record; empty if the connector declares none.</summary>
    IReadOnlyList<IReadOnlyList<string>> PrimaryKey { get; }

    /// <summary>The cursor's field at the top level of a record; null for a stream that can only be read whole.</summary>
    string? CursorField { get; }

    /// <summary>The stream's JSON Schema, UTF-8; an empty object if the connector has none.</summary>
    ReadOnlyMemory<byte> JsonSchema { get; }

    /// <summary>
    /// Lists the slices to read, in batches. The same request gives the same slices as long as the source's parents don't
    /// change, and a plan can be taken up again from the position of its last batch. A partition's windows follow one another,
    /// oldest first, with no other partition's between them.
    /// </summary>
    /// <param name="request">What to plan for: the cursors so far, or a past window.</param>
    /// <param name="cancellationToken">Ends the planning.</param>
    IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads one slice page by page, from its beginning or from the position after an earlier page.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="position">A position that an earlier <see cref="PageRead"/> of this slice gave, or null.</param>
    /// <param name="cancellationToken">Ends the reading; nothing after the last page that was yielded is lost.</param>
    IAsyncEnumerable<ReadStep> ReadAsync(StreamSlice slice, string? position, CancellationToken cancellationToken = default);

    /// <summary>
    /// Brings a whole stream's state in Airbyte's JSON, as an older version of the connector wrote it, into today's form
    /// (<c>state_migrations</c>). A state that needs no migration comes back as it is.
    /// </summary>
    /// <param name="state">The stream's state.</param>
    string MigrateState(string state) => state;

    /// <summary>A parent that is read incrementally, by its name; null if there is none.</summary>
    /// <param name="name">The parent's name.</param>
    IStream? Parent(string name) => null;

    /// <summary>The greater of two cursor values as records have them, by the cursor's own order; null counts as the least.</summary>
    string? Greatest(string? one, string? other);

    /// <summary>
    /// Moves one partition's cursor over windows that are complete and contiguous, oldest first, and gives the cursor's new
    /// state as Airbyte's JSON (for example <c>{"updated":"2018-02-07T00:00:00Z"}</c>), or null if the stream has no cursor.
    /// Moving over the same windows again changes nothing.
    /// </summary>
    /// <param name="cursorState">The partition's state so far, or null.</param>
    /// <param name="complete">The windows that are complete, with the greatest cursor value seen in each.</param>
    string? Advance(string? cursorState, IReadOnlyList<CompleteSlice> complete);
}

/// <summary>A slice whose records are all landed.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="GreatestCursor">The greatest cursor value among its records, as the record has it; null if there was none.</param>
public sealed record CompleteSlice(StreamSlice Slice, string? GreatestCursor);
