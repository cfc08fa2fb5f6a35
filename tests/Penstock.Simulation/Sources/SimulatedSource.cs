namespace Penstock.Simulation.Sources;

/// <summary>The truth: every version of every record that the source ever had, and which it shows now.</summary>
public sealed class SimulatedSource(TimeProvider time)
{
    private readonly Dictionary<string, SourceRecord> _current = [];

    /// <summary>Every version that there ever was, by its unique id.</summary>
    public Dictionary<string, SourceRecord> Versions { get; } = [];

    /// <summary>What the source shows now.</summary>
    public IReadOnlyCollection<SourceRecord> Current => _current.Values;

    /// <summary>The source's clock in seconds since 1970.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Makes a record, or a new version of one.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="id">The key.</param>
    /// <param name="late">How much earlier than now it says it is.</param>
    /// <param name="isBad">Whether it breaks the contract.</param>
    /// <param name="ties">Whether two versions of a record may have the same time.</param>
    public SourceRecord Write(string partition, string id, TimeSpan late = default, bool isBad = false, bool ties = false)
    {
        int number = _current.TryGetValue(id, out SourceRecord? known) ? known.Number + 1 : 1;
        long updated = Math.Max(Now - (long)late.TotalSeconds, known is null ? 0 : ties ? known.Updated : known.Updated + 1);
        var record = new SourceRecord(partition, id, updated, number, isBad) { VisibleAt = time.GetUtcNow() };
        _current[id] = record;
        Versions[record.Uid] = record;
        return record;
    }

    /// <summary>A page: the first records of a partition with <c>from ≤ updated &lt; to</c> after a place, in order of time and id, or of ids alone.</summary>
    public IReadOnlyList<SourceRecord> Query(string partition, long from, long to, (long Updated, string Id)? after, StreamShape shape) =>
        [.. _current.Values
            .Where(record => record.Partition == partition && record.Updated >= from && record.Updated < to
                && (after is not { } place || Compare(record, place, shape.IsById) > 0))
            .OrderBy(record => shape.IsById ? 0 : record.Updated).ThenBy(record => record.Id, StringComparer.Ordinal)
            .Take(shape.PageSize)];

    /// <summary>A page of partitions, as records of their own: by number, each changed when the last of its records was.</summary>
    public IReadOnlyList<SourceRecord> Changed(IReadOnlyList<string> partitions, long from, long to, (long Updated, string Id)? after, int pageSize) =>
        [.. partitions
            .Select((partition, i) => new SourceRecord("", $"{i}", _current.Values.Where(record => record.Partition == partition).Max(record => record.VisibleAt.ToUnixTimeSeconds()), 1, IsBad: false))
            .Where(one => one.Updated >= from && one.Updated < to && (after is not { } place || Compare(one, place, isById: false) > 0))
            .OrderBy(one => one.Updated).ThenBy(one => one.Id, StringComparer.Ordinal)
            .Take(pageSize)];

    private static int Compare(SourceRecord record, (long Updated, string Id) place, bool isById) =>
        !isById && record.Updated != place.Updated ? record.Updated.CompareTo(place.Updated) : string.CompareOrdinal(record.Id, place.Id);
}
