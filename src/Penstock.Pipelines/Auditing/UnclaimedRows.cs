using System.Text;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Statistics;

namespace Penstock.Pipelines.Auditing;

/// <summary>
/// Rows of curated tables that no raw blob has given so far: a hash of 64 bits for each, of a bounded number of rows at once. A row
/// is known by its table, key and version, for all three are a function of raw.
/// </summary>
internal sealed class UnclaimedRows
{
    /// <summary>The most rows at once: 30 MB, whatever a row's size.</summary>
    public const int Most = 1_000_000;

    private readonly HashSet<ulong> _rows = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Whether no more are taken.</summary>
    public bool IsFull => _rows.Count >= Most;

    /// <summary>Takes rows until it is full, or there are no more.</summary>
    public async ValueTask FillAsync(IAsyncEnumerator<(CuratedTable Table, CuratedRecord Row)> rows)
    {
        while (!IsFull && await rows.MoveNextAsync())
            _rows.Add(HashOf(rows.Current.Table, rows.Current.Row));
    }

    /// <summary>Takes a row out; whether it was there. Of several rows of one version the first one is.</summary>
    public bool Claim(CuratedTable table, CuratedRecord record) => _rows.Remove(HashOf(table, record));

    private static ulong HashOf(CuratedTable table, CuratedRecord row) => ValueHash.Of(Encoding.UTF8.GetBytes($"{table.Stream}\0{row.Key}\0{row.Version}"));
}
