using System.Globalization;
using System.Text;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Cursors;

/// <summary>A stream's cursors on the blob store, in shards by partition.</summary>
/// <param name="documents">Where they live.</param>
/// <param name="pipeline">The pipeline.</param>
/// <param name="stream">The stream.</param>
public sealed class StoredCursors(DocumentStore documents, string pipeline, string stream) : ICursorStates
{
    private const int Shards = 256;
    private Document<CursorShard>? _last;

    /// <inheritdoc/>
    public async ValueTask<string?> FindAsync(string partition, CancellationToken cancellationToken = default)
    {
        // A plan asks for one partition after another; those of an unpartitioned stream are all in one shard.
        string name = Name(partition);
        if (_last?.Name != name)
            _last = await documents.FindAsync<CursorShard>(name, cancellationToken) ?? new Document<CursorShard>(name, CursorShard.Empty, "");
        return _last.Value.Partitions.GetValueOrDefault(partition);
    }

    /// <inheritdoc/>
    public ICursorStates ForParent(string stream) => OfParent(stream);

    /// <summary>The cursors of a parent, as this stream needs them: other children of the same parent may be further on, or not as far.</summary>
    /// <param name="parent">The parent's name.</param>
    public StoredCursors OfParent(string parent) => new(documents, pipeline, $"{stream}/{parent}");

    /// <summary>
    /// Moves cursors over complete windows, each from where it stands when it is written: whoever ends a run late must not put
    /// back a cursor that a later run has moved on.
    /// </summary>
    /// <param name="complete">The complete windows by partition.</param>
    /// <param name="advance">Moves a cursor (null for none yet) over windows; null for a stream without a cursor.</param>
    /// <param name="cancellationToken">Ends the moving; it may be repeated.</param>
    public async ValueTask MoveAsync(
        IReadOnlyDictionary<string, IReadOnlyList<CompleteSlice>> complete, Func<string?, IReadOnlyList<CompleteSlice>, string?> advance,
        CancellationToken cancellationToken = default)
    {
        _last = null;
        foreach (var shard in complete.GroupBy(partition => Name(partition.Key)))
            await documents.ChangeAsync<CursorShard>(shard.Key, current => Moved(current, shard, advance), cancellationToken);
    }

    private static CursorShard? Moved(
        CursorShard? current, IEnumerable<KeyValuePair<string, IReadOnlyList<CompleteSlice>>> complete,
        Func<string?, IReadOnlyList<CompleteSlice>, string?> advance)
    {
        var moved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string partition, IReadOnlyList<CompleteSlice> windows) in complete)
        {
            string? before = current?.Partitions.GetValueOrDefault(partition);
            if (advance(before, windows) is { } cursor && cursor != before)
                moved[partition] = cursor;
        }

        return moved.Count == 0 ? current : (current ?? CursorShard.Empty).With(moved);
    }

    /// <summary>Replaces all cursors by what an operator sets.</summary>
    /// <param name="before">The partitions that have one.</param>
    /// <param name="cursors">The cursors that there are then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask ReplaceAsync(IEnumerable<string> before, IReadOnlyDictionary<string, string> cursors, CancellationToken cancellationToken = default)
    {
        _last = null;
        foreach (var shard in before.Concat(cursors.Keys).Distinct(StringComparer.Ordinal).GroupBy(Name))
        {
            var partitions = shard.Where(cursors.ContainsKey).ToDictionary(partition => partition, partition => cursors[partition], StringComparer.Ordinal);
            await documents.ChangeAsync<CursorShard>(shard.Key, _ => new CursorShard(partitions) { Set = partitions }, cancellationToken);
        }
    }

    /// <summary>Where a stream's cursors are.</summary>
    public static string Folder(string pipeline, string stream) =>
        $"{BlobAreas.State}/cursors/{BlobNames.Segment(pipeline)}/{BlobNames.Segment(stream)}/";

    private string Name(string partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{Folder(pipeline, stream)}{ShardOf(partition):x2}.json");

    private static int ShardOf(string partition)
    {
        // FNV-1a: the shard must be the same in every process and version.
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(partition))
            hash = (hash ^ b) * 16777619;
        return (int)(hash % Shards);
    }
}
