using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Retrieval;

/// <summary>Reads one slice of a stream page by page: everything between «a slice and a position» and «pages of records».</summary>
public interface IRetriever
{
    /// <summary>Reads a slice from its beginning, or from the position after an earlier page.</summary>
    /// <param name="slice">The slice, with what templates see of it.</param>
    /// <param name="position">A position that an earlier page of this slice gave, or null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<ReadStep> ReadAsync(SliceScope slice, string? position, CancellationToken cancellationToken = default);
}
