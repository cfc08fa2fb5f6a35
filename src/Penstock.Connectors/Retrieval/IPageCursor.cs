using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Retrieval;

/// <summary>What reading needs of a stream's cursor. Cursor values are given as JSON in UTF-8, as the record has them.</summary>
public interface IPageCursor
{
    /// <summary>The cursor's field at the top level of a record.</summary>
    string Field { get; }

    /// <summary>Puts a cursor value in order among others: a greater value has a greater rank.</summary>
    /// <param name="cursorValue">The value.</param>
    /// <param name="rank">Its rank, for example microseconds since 1970.</param>
    /// <returns>False if it isn't a cursor value; it is passed over then.</returns>
    bool TryRank(ReadOnlySpan<byte> cursorValue, out long rank);

    /// <summary>Whether a record belongs to the slice; asked of streams that filter on the client, and of data feeds.</summary>
    /// <param name="cursorValue">The record's cursor value; empty if the record has none.</param>
    /// <param name="slice">The slice that is read.</param>
    bool ShouldBeSynced(ReadOnlySpan<byte> cursorValue, StreamSlice slice);
}
