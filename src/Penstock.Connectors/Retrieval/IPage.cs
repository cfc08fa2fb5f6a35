using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Retrieval;

/// <summary>One page on its way to records.</summary>
internal interface IPage : IAsyncDisposable
{
    /// <summary>The call that is read, for messages.</summary>
    HttpCall? Call { get; }

    /// <summary>The calls that the last <see cref="NextAsync"/> made itself.</summary>
    CallCounts Calls { get; }

    /// <summary>Whether the source asked to begin the paging again, so that the page has no more.</summary>
    bool AsksForReset => false;

    /// <summary>The next step; null if the page has no more. What the last step gave is no longer valid.</summary>
    ValueTask<ReadStep?> NextAsync(CancellationToken cancellationToken);
}
