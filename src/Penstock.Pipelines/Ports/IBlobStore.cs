namespace Penstock.Pipelines.Ports;

/// <summary>
/// Named, versioned bytes. Raw data, state, leases, budgets and the ledger all live here: one store, one set of semantics.
/// </summary>
/// <remarks>
/// A name is <c>area/path</c>: the first segment is one of <see cref="BlobAreas"/> (a container in Azure, a folder locally),
/// the rest is made of <c>[A-Za-z0-9._=~-]</c> segments joined by <c>/</c>, at most 900 characters in all
/// (<see cref="BlobNames.Segment"/> writes any text so). A read sees every write that was confirmed before it began.
/// </remarks>
public interface IBlobStore
{
    /// <summary>Gives a blob's whole content and its ETag, or null if there is none. For documents, not for raw data.</summary>
    ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Opens a blob for reading from its beginning, or gives null if there is none.</summary>
    ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Writes a blob if there is none of that name; a <see cref="PutConflict"/> otherwise. All or nothing.</summary>
    ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Overwrites a blob if its ETag is still the given one; a <see cref="PutConflict"/> otherwise (also if it's gone).</summary>
    ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default);

    /// <summary>Lists the blobs whose names begin with a prefix, in ordinal order of their names.</summary>
    /// <param name="prefix">The area and as much of the path as is known; it needn't end at a segment.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Deletes a blob, if its ETag is the given one or none is given; says whether it was deleted.</summary>
    ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default);
}

/// <summary>A blob's content.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="ETag">Names this version of the content; opaque.</param>
public sealed record Blob(ReadOnlyMemory<byte> Content, string ETag)
{
    /// <summary>The store's clock when it answered, cut to seconds or exact; null if the store has no clock of its own.</summary>
    public DateTimeOffset? StoreTime { get; init; }
}

/// <summary>A blob in a listing.</summary>
/// <param name="Name">The whole name, area included.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="ETag">Names this version of the content; opaque.</param>
/// <param name="LastModified">When it was last written, by the store's clock.</param>
public sealed record BlobEntry(string Name, long Size, string ETag, DateTimeOffset LastModified);

/// <summary>What became of a conditional write.</summary>
public abstract record PutOutcome
{
    private protected PutOutcome() { }
}

/// <summary>The content is stored.</summary>
/// <param name="ETag">Names the version that was written.</param>
public sealed record Stored(string ETag) : PutOutcome
{
    /// <summary>The store's clock when it answered, cut to seconds or exact; null if the store has no clock of its own.</summary>
    public DateTimeOffset? StoreTime { get; init; }
}

/// <summary>Somebody else wrote first; nothing was changed.</summary>
public sealed record PutConflict : PutOutcome
{
    /// <summary>The one instance.</summary>
    public static PutConflict Instance { get; } = new();
}
