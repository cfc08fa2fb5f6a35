using Penstock.Infra.Pipelines;
using Penstock.Pipelines.Ports;

namespace Penstock.Infra.Publishing;

/// <summary>Makes the configuration blobs say what the pipelines' files say.</summary>
/// <param name="store">Where they are.</param>
internal sealed class ConfigurationPublisher(IBlobStore store)
{
    private const string Root = BlobAreas.Config + "/pipelines/";
    private const string PipelineFile = "/pipeline.yaml";

    /// <summary>The name of a file's blob.</summary>
    public static string NameOf(string path) => Root + string.Join('/', path.Split('/').Select(BlobNames.Segment));

    /// <summary>Writes what is new or changed and deletes what is gone; says how many blobs it touched.</summary>
    public async Task<int> PublishAsync(IReadOnlyList<ConfigurationFile> files, CancellationToken cancellationToken = default)
    {
        // A pipeline's own file goes last when it comes and first when it goes: what it names is there as long as it is.
        int touched = 0;
        foreach (ConfigurationFile file in files.OrderBy(file => file.Path.EndsWith(PipelineFile, StringComparison.Ordinal)))
            touched += await PutAsync(NameOf(file.Path), await File.ReadAllBytesAsync(file.Source, cancellationToken), cancellationToken) ? 1 : 0;

        HashSet<string> kept = [.. files.Select(file => NameOf(file.Path))];
        var gone = new List<string>();
        await foreach (BlobEntry blob in store.ListAsync(Root, cancellationToken))
        {
            if (!kept.Contains(blob.Name))
                gone.Add(blob.Name);
        }

        foreach (string name in gone.OrderByDescending(name => name.EndsWith(PipelineFile, StringComparison.Ordinal)))
            touched += await store.DeleteAsync(name, cancellationToken: cancellationToken) ? 1 : 0;
        return touched;
    }

    private async Task<bool> PutAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        while (true)
        {
            Blob? there = await store.GetAsync(name, cancellationToken);
            if (there is not null && there.Content.Span.SequenceEqual(content))
                return false;
            PutOutcome outcome = there is null
                ? await store.PutIfAbsentAsync(name, content, cancellationToken)
                : await store.PutIfMatchAsync(name, content, there.ETag, cancellationToken);
            if (outcome is Stored)
                return true;
        }
    }
}
