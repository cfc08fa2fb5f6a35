using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure.Curated;

/// <summary>
/// Writes tables with a history. Versions are added to the key's head under its ETag; then the rows are brought in line with it. Who
/// finds afterwards that the head has changed does the rows again: whoever comes last leaves those of the last head.
/// </summary>
internal sealed class CosmosHistory(Container container)
{
    private const int MaxAttempts = 100;
    private const int MaxDocumentBytes = 2 * 1024 * 1024;

    /// <summary>Adds versions of one key.</summary>
    public async Task WriteAsync(CuratedTable table, CuratedRecord[] records, CancellationToken cancellationToken)
    {
        string name = CosmosKeys.Table(table);
        CosmosHead head = await AddAsync(table, name, records, cancellationToken);
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            bool isDone = await SettleAsync(name, head, cancellationToken);
            if (await FindAsync(name, head.Key, cancellationToken) is not var (current, _) || (isDone && current.Generation == head.Generation))
                return;
            head = current;
        }

        throw new InvalidOperationException($"The rows of a record of '{name}' changed {MaxAttempts} times while they were written. Does something else write to the container?");
    }

    /// <summary>Reads a key's head; null if there is none.</summary>
    /// <exception cref="InvalidDataException">There is a document without a history.</exception>
    public async Task<(CosmosHead Head, string ETag)?> FindAsync(string table, string key, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await ReadAsync(table, key, cancellationToken) is not var (head, etag))
                return null;
            // Somebody has changed it meanwhile if a part isn't there.
            if (await WithPartsAsync(table, head, cancellationToken) is { } whole)
                return (whole, etag);
        }

        throw new InvalidDataException($"A part of the versions of a record of '{table}' isn't in the container: something else than Penstock deleted it. Delete the table and replay the stream.");
    }

    /// <summary>Reads the versions of a head that lie in documents of their own; null if one isn't there any more.</summary>
    public async Task<CosmosHead?> WithPartsAsync(string table, CosmosHead head, CancellationToken cancellationToken)
    {
        if (!head.IsApart)
            return head;
        var texts = new List<string>();
        foreach (string id in head.Packed!.IdsOf(head.Key))
        {
            using ResponseMessage response = await container.ReadItemStreamAsync(id, Partition(table, head.Key), cancellationToken: cancellationToken);
            RequestCharge.Count(response.Headers.RequestCharge);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            response.EnsureSuccessStatusCode();
            using JsonDocument document = await JsonDocument.ParseAsync(response.Content, cancellationToken: cancellationToken);
            texts.Add(document.RootElement.GetProperty("_penstock").GetProperty("text").GetString()!);
        }

        return head.WithParts(texts);
    }

    private async Task<(CosmosHead Head, string ETag)?> ReadAsync(string table, string key, CancellationToken cancellationToken)
    {
        using ResponseMessage response = await container.ReadItemStreamAsync(CosmosKeys.Id(key), Partition(table, key), cancellationToken: cancellationToken);
        RequestCharge.Count(response.Headers.RequestCharge);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        var content = new MemoryStream();
        await response.Content.CopyToAsync(content, cancellationToken);
        CosmosHead head = CosmosHead.Read(content.GetBuffer().AsSpan(0, (int)content.Length))
            ?? throw new InvalidDataException($"The curated table {table} holds 'history: latest', but its pipeline now asks for another. Delete the table and replay the stream, or take the change back.");
        return (head, response.Headers.ETag);
    }

    /// <summary>Deletes the rows of a key and the parts of its versions, its own document left; says how many rows there were.</summary>
    public async Task<int> DeleteRowsAsync(string table, string key, CosmosVersions? packed, CancellationToken cancellationToken)
    {
        int deleted = 0;
        foreach ((string id, _, _) in (await ListRowsAsync(table, key, cancellationToken)).Where(row => row.Id != CosmosKeys.Id(key)))
        {
            await DeleteAsync(table, key, id, cancellationToken);
            deleted++;
        }

        if (packed is not null)
            await DeletePartsAsync(table, key, packed, cancellationToken);
        return deleted;
    }

    private async Task<CosmosHead> AddAsync(CuratedTable table, string name, CuratedRecord[] records, CancellationToken cancellationToken)
    {
        string key = records[0].Key;
        TableLayout layout = TableLayout.Of(table);
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var found = await FindAsync(name, key, cancellationToken);
            CosmosHead before = found?.Head ?? new CosmosHead(key, layout, 0, []);
            layout.MustBe(before.Layout, table);
            CosmosHead head = before.With(records);
            if (ReferenceEquals(head, before) || await TryPutAsync(name, head, before, found?.ETag, cancellationToken))
                return head;
        }

        throw new InvalidOperationException($"A record of '{name}' changed {MaxAttempts} times while it was written. Does something else write to the container?");
    }

    // First the parts, then the document that names them, then what it named before goes: whoever reads finds all of one or the other.
    private async Task<bool> TryPutAsync(string name, CosmosHead head, CosmosHead before, string? etag, CancellationToken cancellationToken)
    {
        (MemoryStream document, CosmosVersions? packed, IReadOnlyList<string> parts) = head.Write(name);
        foreach ((int part, string text) in parts.Index())
        {
            string id = packed!.IdOf(head.Key, part);
            // What is there under this name is the same.
            await TryPutAsync(CosmosVersions.Write(name, head.Key, id, text), id, Partition(name, head.Key), null, cancellationToken);
        }

        if (await TryPutAsync(document, CosmosKeys.Id(head.Key), Partition(name, head.Key), etag, cancellationToken))
        {
            if (before.Packed is { } old)
                await DeletePartsAsync(name, head.Key, old, cancellationToken);
            return true;
        }

        // Nobody can commit these any more: the generation that they are of is there, and it isn't this.
        if (packed is { Text: null } && (await ReadAsync(name, head.Key, cancellationToken))?.Head.Packed?.Hash != packed.Hash)
            await DeletePartsAsync(name, head.Key, packed, cancellationToken);
        return false;
    }

    private async Task DeletePartsAsync(string table, string key, CosmosVersions packed, CancellationToken cancellationToken)
    {
        foreach (string id in packed.IdsOf(key))
            await DeleteAsync(table, key, id, cancellationToken);
    }

    private async Task DeleteAsync(string table, string key, string id, CancellationToken cancellationToken)
    {
        using ResponseMessage response = await container.DeleteItemStreamAsync(id, Partition(table, key), cancellationToken: cancellationToken);
        RequestCharge.Count(response.Headers.RequestCharge);
    }

    // False if somebody else was faster with a row.
    private async Task<bool> SettleAsync(string name, CosmosHead head, CancellationToken cancellationToken)
    {
        Dictionary<string, CuratedRecord> wanted = [];
        foreach (IGrouping<string, CuratedRecord> version in head.Rows().GroupBy(row => row.Version, StringComparer.Ordinal))
        {
            foreach ((int index, CuratedRecord row) in version.Index())
                wanted[RowId(row, index)] = row;
        }

        bool isDone = true;
        foreach ((string id, string etag, CuratedRecord row) in await ListRowsAsync(name, head.Key, cancellationToken))
        {
            if (wanted.Remove(id, out CuratedRecord? now))
            {
                if (!CosmosCuratedStore.IsSame(row, now))
                    isDone &= await TryPutAsync(CosmosDocument.Write(now, name, id), id, Partition(name, head.Key), etag, cancellationToken);
                continue;
            }

            using ResponseMessage gone = await container.DeleteItemStreamAsync(id, Partition(name, head.Key), new ItemRequestOptions { IfMatchEtag = etag }, cancellationToken);
            RequestCharge.Count(gone.Headers.RequestCharge);
            isDone &= gone.StatusCode != HttpStatusCode.PreconditionFailed;
        }

        foreach ((string id, CuratedRecord row) in wanted)
            isDone &= await TryPutAsync(CosmosDocument.Write(row, name, id), id, Partition(name, head.Key), null, cancellationToken);
        return isDone;
    }

    private async Task<List<(string Id, string ETag, CuratedRecord Row)>> ListRowsAsync(string table, string key, CancellationToken cancellationToken)
    {
        var rows = new List<(string, string, CuratedRecord)>();
        string part = CosmosKeys.Part(table, key);
        QueryDefinition query = new QueryDefinition("SELECT * FROM c WHERE c._penstock.part = @part AND c._penstock.key = @key")
            .WithParameter("@part", part).WithParameter("@key", key);
        using FeedIterator pages = container.GetItemQueryStreamIterator(query, requestOptions: new QueryRequestOptions { PartitionKey = new PartitionKey(part) });
        while (pages.HasMoreResults)
        {
            using ResponseMessage page = (await pages.ReadNextAsync(cancellationToken)).EnsureSuccessStatusCode();
            RequestCharge.Count(page.Headers.RequestCharge);
            using JsonDocument documents = await JsonDocument.ParseAsync(page.Content, CosmosCuratedStore.Deep, cancellationToken);
            foreach (JsonElement document in documents.RootElement.GetProperty("Documents").EnumerateArray())
            {
                if (!document.GetProperty("_penstock").TryGetProperty("versions", out _))
                    rows.Add((document.GetProperty("id").GetString()!, document.GetProperty("_etag").GetString()!, CosmosDocument.Read(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(document))));
            }
        }

        return rows;
    }

    private async Task<bool> TryPutAsync(MemoryStream content, string id, PartitionKey partition, string? etag, CancellationToken cancellationToken)
    {
        await using MemoryStream disposed = content;
        if (content.Length > MaxDocumentBytes)
            throw new InvalidDataException($"A record's versions take {content.Length} bytes; Cosmos DB takes {MaxDocumentBytes} for one key. Leave fields out in 'shape', or keep this history in a folder or the lake.");
        var options = new ItemRequestOptions { IfMatchEtag = etag, EnableContentResponseOnWrite = false };
        using ResponseMessage response = etag is null
            ? await container.CreateItemStreamAsync(content, partition, options, cancellationToken)
            : await container.ReplaceItemStreamAsync(content, id, partition, options, cancellationToken);
        RequestCharge.Count(response.Headers.RequestCharge);
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed || (etag is not null && response.StatusCode == HttpStatusCode.NotFound))
            return false;
        response.EnsureSuccessStatusCode();
        return true;
    }

    // Version and place in it: a late version shifts no other row's id.
    private static string RowId(CuratedRecord row, int index) => CosmosKeys.Id($"{row.Key}\n{row.Version}\n{index}");

    private static PartitionKey Partition(string table, string key) => new(CosmosKeys.Part(table, key));
}
