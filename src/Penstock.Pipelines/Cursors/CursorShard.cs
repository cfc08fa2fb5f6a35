namespace Penstock.Pipelines.Cursors;

/// <summary>The cursors of some of a stream's partitions. 100,000 partitions are some hundred shards, never one map.</summary>
/// <param name="Partitions">Cursor states (Airbyte's JSON) by partition.</param>
public sealed record CursorShard(IReadOnlyDictionary<string, string> Partitions)
{
    /// <summary>No cursor yet.</summary>
    public static CursorShard Empty { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The cursors as an operator last set them, from where runs have moved them since; null if nobody did.</summary>
    public IReadOnlyDictionary<string, string>? Set { get; init; }

    /// <summary>The shard with some cursors moved.</summary>
    public CursorShard With(IEnumerable<KeyValuePair<string, string>> moved)
    {
        var partitions = new Dictionary<string, string>(Partitions, StringComparer.Ordinal);
        foreach ((string partition, string cursor) in moved)
            partitions[partition] = cursor;
        return this with { Partitions = partitions };
    }
}
