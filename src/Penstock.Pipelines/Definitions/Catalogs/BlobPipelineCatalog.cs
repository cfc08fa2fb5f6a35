using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Definitions.Catalogs;

/// <summary>The pipelines that were deployed as blobs: <c>config/pipelines/NAME/pipeline.yaml</c> and what it names.</summary>
/// <param name="blobs">The store.</param>
/// <param name="time">The clock.</param>
/// <param name="checkEvery">How long an answer stands before the blobs are listed again; default 15 seconds.</param>
public sealed class BlobPipelineCatalog(IBlobStore blobs, TimeProvider time, TimeSpan? checkEvery = null)
    : PipelineCatalog(new BlobPipelineFiles(blobs), time, checkEvery ?? TimeSpan.FromSeconds(15));

/// <summary>Files in a blob store.</summary>
internal sealed class BlobPipelineFiles(IBlobStore blobs) : IPipelineFiles
{
    private const string Root = BlobAreas.Config + "/pipelines/";

    public async ValueTask<IReadOnlyList<PipelineFile>> ListAsync(string? pipeline, CancellationToken cancellationToken = default)
    {
        var files = new List<PipelineFile>();
        await foreach (BlobEntry blob in blobs.ListAsync(pipeline is null ? Root : $"{Root}{BlobNames.Segment(pipeline)}/", cancellationToken))
        {
            if (blob.Name.AsSpan(Root.Length).Contains('/'))
                files.Add(new(blob.Name[Root.Length..], blob.ETag));
        }

        return files;
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        string name = Root + string.Join('/', path.Split('/').Select(BlobNames.Segment));
        return (await blobs.GetAsync(name, cancellationToken))?.Content;
    }
}
