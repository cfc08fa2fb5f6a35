using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure.Curated;

/// <summary>
/// Curated tables in one container of Cosmos DB (<see cref="CosmosKeys"/> says how records lie in it, <see cref="CosmosDocument"/>
/// how they look). Versions are guarded by ETags: who loses a race reads and decides again.
/// </summary>
/// <remarks>
/// Cosmos DB holds numbers as IEEE doubles: integers beyond 2^53 lose their last digits; sources that have such send them as strings.
/// Cost of a record of 1 KB: about 5 RU when it is new, 11 when it changes, 1 when it doesn't.
/// </remarks>
/// <param name="container">The container; its partition key is <see cref="CosmosKeys.PartitionKeyPath"/>.</param>
/// <param name="parallelism">How many records are written at a time.</param>
public sealed class CosmosCuratedStore(Container container, int parallelism) : ICuratedStore
{
    private const int MaxAttempts = 100;
    private const int MaxDocumentBytes = 2 * 1024 * 1024;
    internal static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };
    private readonly CosmosHistory _history = new(container);

    // Whether the last record that was written was there before. It only decides what is tried first: reading or creating.
    private volatile bool _expectThere;

    /// <inheritdoc/>
    /// <exception cref="CosmosException">Cosmos DB refuses; 429 after the client has waited as long as it may.</exception>
    /// <exception cref="InvalidDataException">A record is larger than Cosmos DB takes.</exception>
    public async ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default)
    {
        foreach (CuratedRecord record in records)
            PortArguments.Key(record.Key);
        if (table.History != HistoryMode.Latest || table.KeepsDeleted || table.IsExploded)
        {
            await ForEachAsync(records.GroupBy(record => record.Key, StringComparer.Ordinal), async (sameKey, cancel) => await _history.WriteAsync(table, [.. sameKey], cancel), cancellationToken);
            return new UpsertCounts(records.Count, 0);
        }

        string name = CosmosKeys.Table(table);
        int stale = 0;
        await ForEachAsync(records.GroupBy(record => record.Key, StringComparer.Ordinal), async (sameKey, cancel) =>
            Interlocked.Add(ref stale, await WriteAsync(name, [.. sameKey], cancel)), cancellationToken);
        return new UpsertCounts(records.Count - stale, stale);
    }

    /// <inheritdoc/>
    public async ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        string name = CosmosKeys.Table(table);
        int deleted = 0;
        await ForEachAsync(keys.Distinct(StringComparer.Ordinal), async (key, cancel) =>
        {
            // Without the parts of its versions: a crash may have come when some of them were deleted.
            Found? found = await FindAsync(name, key, cancel, withParts: false);
            bool isShown = found?.Head is { } head ? head.IsApart || RowText.Current(head.Layout.History, head.Rows()) is not null : found is { Record.IsDeletion: false };
            isShown |= await _history.DeleteRowsAsync(name, key, found?.Head?.Packed, cancel) > 0;
            using ResponseMessage response = await container.DeleteItemStreamAsync(CosmosKeys.Id(key), Partition(name, key), cancellationToken: cancel);
            RequestCharge.Count(response.Headers.RequestCharge);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return;
            response.EnsureSuccessStatusCode();
            if (isShown)
                Interlocked.Increment(ref deleted);
        }, cancellationToken);
        return deleted;
    }

    /// <inheritdoc/>
    public async ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default) =>
        await FindAsync(CosmosKeys.Table(table), key, cancellationToken) is not { } found ? null
        : found.Head is { } head ? RowText.Current(head.Layout.History, head.Rows())
        : found.Record.IsDeletion ? null : found.Record;

    /// <inheritdoc/>
    public async IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string name = CosmosKeys.Table(table);
        for (int number = 0; number < CosmosKeys.PartCount; number++)
        {
            string part = CosmosKeys.Part(name, number);
            QueryDefinition query = new QueryDefinition("SELECT * FROM c WHERE c._penstock.part = @part").WithParameter("@part", part);
            using FeedIterator pages = container.GetItemQueryStreamIterator(query, requestOptions: new QueryRequestOptions { PartitionKey = new PartitionKey(part) });
            while (pages.HasMoreResults)
            {
                using ResponseMessage page = (await pages.ReadNextAsync(cancellationToken)).EnsureSuccessStatusCode();
                using JsonDocument documents = await JsonDocument.ParseAsync(page.Content, Deep, cancellationToken);
                foreach (JsonElement document in documents.RootElement.GetProperty("Documents").EnumerateArray())
                {
                    if (document.GetProperty("_penstock").TryGetProperty("versions", out _))
                        continue;
                    CuratedRecord row = CosmosDocument.Read(JsonMarshal.GetRawUtf8Value(document));
                    if (!row.IsDeletion)
                        yield return row;
                }
            }
        }
    }

    // Writes the newest of several records of one key; gives how many of them are older than what comes before them.
    private async Task<int> WriteAsync(string table, CuratedRecord[] records, CancellationToken cancellationToken)
    {
        string key = records[0].Key;
        bool read = _expectThere;
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            Found? found = read ? await FindAsync(table, key, cancellationToken) : null;
            if (found?.Head is { } head)
                throw new InvalidDataException($"The curated table {table} holds '{head.Layout}', but its pipeline now asks for 'history: latest'. Delete the table and replay the stream, or take the change back.");
            var (winner, stale) = Fold(found?.Record, records);
            if (winner is null || (found is not null && IsSame(winner, found.Record)))
                return stale;
            if (await TryPutAsync(table, winner, found?.ETag, cancellationToken))
            {
                _expectThere = found is not null;
                return stale;
            }

            read = true;
        }

        throw new InvalidOperationException($"A record of '{table}' changed {MaxAttempts} times while it was written. Does something else write to the container?");
    }

    // The same as writing one after the other; null if none of them is to be written.
    private static (CuratedRecord? Winner, int Stale) Fold(CuratedRecord? stored, CuratedRecord[] records)
    {
        CuratedRecord? current = stored;
        int stale = 0;
        foreach (CuratedRecord record in records)
        {
            if (current is not null && CuratedVersion.Compare(record.Version, current.Version) < 0)
                stale++;
            else
                current = record;
        }

        return (ReferenceEquals(current, stored) ? null : current, stale);
    }

    // A replayed record needn't be written: reading costs a tenth.
    internal static bool IsSame(CuratedRecord record, CuratedRecord stored)
    {
        if (record.Version != stored.Version || record.IsDeletion != stored.IsDeletion)
            return false;
        if (record.IsDeletion)
            return true;
        using JsonDocument a = JsonDocument.Parse(record.Json, Deep), b = JsonDocument.Parse(stored.Json, Deep);
        return JsonElement.DeepEquals(a.RootElement, b.RootElement);
    }

    private async Task<bool> TryPutAsync(string table, CuratedRecord record, string? etag, CancellationToken cancellationToken)
    {
        using Stream content = CosmosDocument.Write(record, table);
        if (content.Length > MaxDocumentBytes)
            throw new InvalidDataException($"A record of '{table}' takes {content.Length} bytes; Cosmos DB takes {MaxDocumentBytes}. Leave fields out in the connector, or set a size limit in the contract.");
        PartitionKey partition = Partition(table, record.Key);
        var options = new ItemRequestOptions { IfMatchEtag = etag, EnableContentResponseOnWrite = false };
        using ResponseMessage response = etag is null
            ? await container.CreateItemStreamAsync(content, partition, options, cancellationToken)
            : await container.ReplaceItemStreamAsync(content, CosmosKeys.Id(record.Key), partition, options, cancellationToken);
        RequestCharge.Count(response.Headers.RequestCharge);
        // Somebody created it, changed it or deleted it meanwhile.
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed || (etag is not null && response.StatusCode == HttpStatusCode.NotFound))
            return false;
        response.EnsureSuccessStatusCode();
        return true;
    }

    private async Task<Found?> FindAsync(string table, string key, CancellationToken cancellationToken, bool withParts = true)
    {
        using ResponseMessage response = await container.ReadItemStreamAsync(CosmosKeys.Id(key), Partition(table, key), cancellationToken: cancellationToken);
        RequestCharge.Count(response.Headers.RequestCharge);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        var content = new MemoryStream();
        await response.Content.CopyToAsync(content, cancellationToken);
        var found = Found.Of(content.GetBuffer().AsSpan(0, (int)content.Length), response.Headers.ETag);
        return withParts && found.Head is { IsApart: true } ? found with { Head = (await _history.FindAsync(table, key, cancellationToken))?.Head } : found;
    }

    private static PartitionKey Partition(string table, string key) => new(CosmosKeys.Part(table, key));

    private Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken }, action);

    private sealed record Found(CuratedRecord Record, string ETag, CosmosHead? Head)
    {
        public static Found Of(ReadOnlySpan<byte> document, string etag) => CosmosHead.Read(document) is { } head
            ? new Found(new CuratedRecord(head.Key, "", default), etag, head)
            : new Found(CosmosDocument.Read(document), etag, null);
    }
}
