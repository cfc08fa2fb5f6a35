using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Documents;

/// <summary>Typed JSON documents on the blob store, guarded by ETags.</summary>
/// <param name="blobs">Where they live.</param>
public sealed class DocumentStore(IBlobStore blobs)
{
    /// <summary>Reads a document, or gives null if there is none.</summary>
    /// <exception cref="InvalidDataException">The blob isn't such a document: somebody else wrote it.</exception>
    public async ValueTask<Document<T>?> FindAsync<T>(string name, CancellationToken cancellationToken = default)
        where T : class
    {
        Blob? blob = await blobs.GetAsync(name, cancellationToken);
        return blob is null ? null : new Document<T>(name, Parse<T>(name, blob.Content.Span), blob.ETag) { StoreTime = blob.StoreTime };
    }

    /// <summary>Writes a new document; null if there is one of that name.</summary>
    public async ValueTask<Document<T>?> CreateAsync<T>(string name, T value, CancellationToken cancellationToken = default)
        where T : class =>
        await blobs.PutIfAbsentAsync(name, Format(value), cancellationToken) is Stored stored
            ? new Document<T>(name, value, stored.ETag) { StoreTime = stored.StoreTime }
            : null;

    /// <summary>Overwrites a document with a new value; null if it has changed since it was read.</summary>
    public async ValueTask<Document<T>?> ReplaceAsync<T>(Document<T> document, T value, CancellationToken cancellationToken = default)
        where T : class =>
        await blobs.PutIfMatchAsync(document.Name, Format(value), document.ETag, cancellationToken) is Stored stored
            ? document with { Value = value, ETag = stored.ETag, StoreTime = stored.StoreTime }
            : null;

    /// <summary>
    /// Changes a document until nobody else writes in between. <paramref name="change"/> may be called several times; it gives
    /// null (or the same value) to leave the document as it is.
    /// </summary>
    /// <returns>The document as it is now; null if there is none and none was to be made.</returns>
    public async ValueTask<Document<T>?> ChangeAsync<T>(string name, Func<T?, T?> change, CancellationToken cancellationToken = default)
        where T : class
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Document<T>? current = await FindAsync<T>(name, cancellationToken);
            T? value = change(current?.Value);
            if (value is null || ReferenceEquals(value, current?.Value))
                return current;
            Document<T>? written = current is null
                ? await CreateAsync(name, value, cancellationToken)
                : await ReplaceAsync(current, value, cancellationToken);
            if (written is not null)
                return written;
        }
    }

    private static byte[] Format<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>());

    private static T Parse<T>(string name, ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, TypeInfo<T>())
                ?? throw new InvalidDataException($"The blob '{name}' holds null instead of a {typeof(T).Name}.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"The blob '{name}' isn't a {typeof(T).Name} ({e.Message}). Restore an earlier version of the blob, or delete it.", e);
        }
    }

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)DocumentJson.Default.GetTypeInfo(typeof(T))!;
}

/// <summary>A document as it was read or written.</summary>
/// <param name="Name">The blob's name.</param>
/// <param name="Value">The content.</param>
/// <param name="ETag">Names the version of the content.</param>
public sealed record Document<T>(string Name, T Value, string ETag)
    where T : class
{
    /// <summary>The store's clock when it was read or written; null if the store has none of its own.</summary>
    public DateTimeOffset? StoreTime { get; init; }
}
