using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Auditing;

/// <summary>
/// Records that raw gives and that aren't curated, until raw says that they were deleted: of each key the greatest version. Of a
/// bounded number; more are only counted.
/// </summary>
internal sealed class MissingRecords
{
    /// <summary>The most keys: some 30 MB.</summary>
    public const int Most = 100_000;

    private readonly Dictionary<(string Table, string Key), (string Version, string Blob)> _missing = [];
    private long _more;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _missing.Count == 0;

    /// <summary>A record isn't curated.</summary>
    public void Add(CuratedTable table, CuratedRecord record, string blob)
    {
        var key = (table.Stream, record.Key);
        if (_missing.TryGetValue(key, out var known) ? CuratedVersion.Compare(known.Version, record.Version) < 0 : _missing.Count < Most)
            _missing[key] = (record.Version, blob);
        else if (known.Version is null)
            _more++;
    }

    /// <summary>Raw says that a record is gone from a version on.</summary>
    public void Gone(CuratedTable table, CuratedRecord deletion)
    {
        var key = (table.Stream, deletion.Key);
        if (_missing.TryGetValue(key, out var known) && CuratedVersion.Compare(known.Version, deletion.Version) <= 0)
            _missing.Remove(key);
    }

    /// <summary>What is left when raw was looked through.</summary>
    public IEnumerable<AuditFinding> Findings(AuditedStream of)
    {
        foreach (((_, string key), (_, string blob)) in _missing)
            yield return Rebuild.Difference(blob, key, "isn't curated");
        if (_more > 0)
        {
            yield return new AuditFinding(
                AuditRules.Unchecked, false, of.Name, $"{_more:N0} more records aren't curated. They may have been deleted at their source: that was checked for {Most:N0} of them.", "Replay the stream if many were found to be missing.");
        }
    }
}
