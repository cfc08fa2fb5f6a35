using Penstock.Pipelines.Statistics;

namespace Penstock.Pipelines.Contracts.Checking;

/// <summary>
/// Counts records whose values of some properties another record of the blob has too. Versions of one record, told by its key,
/// aren't duplicates of each other. Bounded: what comes after a million different values isn't remembered.
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="columns">The columns whose values are taken together.</param>
/// <param name="key">The columns of the key.</param>
/// <param name="blob">A hash of the blob's name, if the pairs are kept, so that records without a key are told apart from other blobs'; else null.</param>
internal sealed class DuplicateCounter(QualityRule rule, IReadOnlyList<ColumnCheck> columns, IReadOnlyList<ColumnCheck> key, ulong? blob = null)
{
    private const int MostValues = 1_000_000;

    // The hash of the values, to that of the key of the first record that had them.
    private readonly Dictionary<ulong, ulong> _seen = [];
    private readonly List<(ulong Values, ulong Owner)> _pairs = [];

    public QualityRule Rule => rule;

    public long Count { get; private set; }

    /// <summary>The hash of each record's values with that of its key, if they are kept.</summary>
    public IReadOnlyList<(ulong Values, ulong Owner)> Pairs => _pairs;

    /// <summary>Looks at a record that was read to its end.</summary>
    /// <param name="record">The record's number.</param>
    public void Look(long record)
    {
        if (HashOf(columns, record) is not { } values)
            return;
        ulong owner = HashOf(key, record) ?? ValueHash.Join(blob ?? 0, (ulong)record);
        if (blob is not null && _pairs.Count < MostValues)
            _pairs.Add((values, owner));
        if (_seen.TryGetValue(values, out ulong first))
            Count += first == owner ? 0 : 1;
        else if (_seen.Count < MostValues)
            _seen.Add(values, owner);
    }

    // No hash if there are no columns, or one of them is null or missing: as in SQL, null isn't the same as null.
    private static ulong? HashOf(IReadOnlyList<ColumnCheck> columns, long record)
    {
        ulong hash = 0;
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Record != record || columns[i].Figures.LatestHash == 0)
                return null;
            hash = ValueHash.Join(hash, columns[i].Figures.LatestHash);
        }

        return columns.Count == 0 ? null : hash;
    }
}
