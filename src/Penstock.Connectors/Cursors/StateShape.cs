namespace Penstock.Connectors.Cursors;

/// <summary>What form a stream's state has in Airbyte's JSON.</summary>
/// <param name="Cursor">The stream's cursor; null if it has none.</param>
/// <param name="IsPartitioned">Whether each partition has a state of its own.</param>
/// <param name="IsGlobal">Whether one state serves all partitions (<c>global_substream_cursor</c>, grouped partitions).</param>
/// <param name="Parents">
/// The parents that are read incrementally, by name; null if the partition router keeps no parent states at all.
/// </param>
internal sealed record StateShape(
    IStreamCursor? Cursor, bool IsPartitioned = false, bool IsGlobal = false, IReadOnlyDictionary<string, StateShape>? Parents = null);
