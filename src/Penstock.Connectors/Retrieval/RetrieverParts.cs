using Penstock.Connectors.Http;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Retrieval;

/// <summary>What a stream gives its retriever.</summary>
internal sealed record RetrieverParts
{
    /// <summary>What the connector's streams share.</summary>
    public required ConnectorScope Connector { get; init; }

    /// <summary>The stream's name.</summary>
    public required string StreamName { get; init; }

    /// <summary>
    /// What the partition router and the cursor add to requests, in this order: of two that set the same field the later wins.
    /// </summary>
    public IReadOnlyList<IRequestOptions> SliceOptions { get; init; } = [];

    /// <summary>The stream's cursor, or null.</summary>
    public IPageCursor? Cursor { get; init; }

    /// <summary>Whether the cursor ends the paging at the first record that is known already (<c>is_data_feed</c>).</summary>
    public bool IsDataFeed { get; init; }

    /// <summary>Whether the cursor filters records (<c>is_client_side_incremental</c>).</summary>
    public bool IsClientSideIncremental { get; init; }

    /// <summary>Whether responses are kept, because another stream reads this one as its parent.</summary>
    public bool UseCache { get; init; }

    /// <summary>The stream's JSON Schema for schema normalisation; asked for once, when the first record is read.</summary>
    public Func<CancellationToken, ValueTask<Value>>? Schema { get; init; }
}
