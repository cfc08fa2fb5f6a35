using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Penstock.Pipelines.Ports;
using Blob = Penstock.Pipelines.Ports.Blob;

namespace Penstock.Azure.Blobs;

/// <summary>
/// Blobs in Azure Storage: an area is a container, which must exist. Throttling is the SDK's to wait out (<see cref="AzureClients"/>).
/// </summary>
/// <remarks>
/// When the answer to a conditional write is lost, the SDK sends it again and then hears of a conflict with itself: after a
/// <see cref="PutConflict"/>, whoever must know reads.
/// </remarks>
/// <param name="service">The blob service.</param>
public sealed class AzureBlobStore(BlobServiceClient service) : IBlobStore
{
    /// <inheritdoc/>
    public async ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            Response<BlobDownloadResult> answer = await Client(name).DownloadContentAsync(cancellationToken);
            BlobDownloadResult found = answer.Value;
            return new Blob(found.Content.ToMemory(), Text(found.Details.ETag)) { StoreTime = answer.GetRawResponse().Headers.Date };
        }
        catch (RequestFailedException exception) when (IsMissing(exception))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            BlobDownloadStreamingResult found = await Client(name).DownloadStreamingAsync(cancellationToken: cancellationToken);
            return found.Content;
        }
        catch (RequestFailedException exception) when (IsMissing(exception))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        PutAsync(name, content, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
        PutAsync(name, content, new BlobRequestConditions { IfMatch = new ETag(etag) }, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (area, path) = PortArguments.BlobPrefix(prefix);
        await foreach (BlobItem item in service.GetBlobContainerClient(area).GetBlobsAsync(prefix: path, cancellationToken: cancellationToken))
        {
            BlobItemProperties found = item.Properties;
            yield return new BlobEntry($"{area}/{item.Name}", found.ContentLength ?? 0, Text(found.ETag!.Value), found.LastModified!.Value);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var conditions = etag is null ? null : new BlobRequestConditions { IfMatch = new ETag(etag) };
            await Client(name).DeleteAsync(conditions: conditions, cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (IsMissing(exception) || IsConflict(exception))
        {
            return false;
        }
    }

    private async ValueTask<PutOutcome> PutAsync(string name, ReadOnlyMemory<byte> content, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        try
        {
            Response<BlobContentInfo> written = await Client(name).UploadAsync(new BinaryData(content), new BlobUploadOptions { Conditions = conditions }, cancellationToken);
            return new Stored(Text(written.Value.ETag)) { StoreTime = written.GetRawResponse().Headers.Date };
        }
        catch (RequestFailedException exception) when (IsConflict(exception) || exception.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return PutConflict.Instance;
        }
    }

    private BlobClient Client(string name)
    {
        var (area, path) = PortArguments.BlobName(name);
        return service.GetBlobContainerClient(area).GetBlobClient(path);
    }

    // A listing gives ETags without quotes, everything else with them.
    private static string Text(ETag etag) => etag.ToString("G").Trim('"');

    private static bool IsMissing(RequestFailedException exception) => exception.ErrorCode == BlobErrorCode.BlobNotFound;

    private static bool IsConflict(RequestFailedException exception) =>
        exception.ErrorCode == BlobErrorCode.BlobAlreadyExists || exception.ErrorCode == BlobErrorCode.ConditionNotMet;
}
