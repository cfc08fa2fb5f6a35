using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Cursors;

/// <summary>Cursor states that follow a reading from its plan to its end in one process, those of the stream's parents too.</summary>
internal interface ITrackedCursors : ICursorStates
{
    /// <summary>The states of a parent that is read incrementally.</summary>
    /// <param name="stream">The parent's name.</param>
    new ITrackedCursors ForParent(string stream);

    ICursorStates? ICursorStates.ForParent(string stream) => ForParent(stream);

    /// <summary>A slice is about to be read.</summary>
    /// <param name="slice">The slice.</param>
    void Planned(StreamSlice slice);

    /// <summary>A slice is read to its end.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="greatestCursor">The greatest cursor value among its records; null if there was none.</param>
    void Complete(StreamSlice slice, string? greatestCursor);
}
