using System.Text.Json;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Auditing;

/// <summary>Holds records that would be written against those that are stored, and writes none.</summary>
/// <param name="inner">The store.</param>
/// <param name="keptSince">Older records may be gone: the stream keeps them no longer. Null if it keeps all.</param>
internal sealed class ComparingCuratedStore(ICuratedStore inner, DateTimeOffset? keptSince) : ICuratedStore
{
    private readonly List<(string Key, string What)> _differences = [];

    /// <summary>How many records were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>What differed since this was last asked: the key, and what is wrong with its record.</summary>
    public IReadOnlyList<(string Key, string What)> TakeDifferences()
    {
        (string, string)[] taken = [.. _differences];
        _differences.Clear();
        return taken;
    }

    public async ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default)
    {
        foreach (CuratedRecord record in records)
        {
            Compared++;
            // Of a deletion only a guard is left, and what came after it.
            if (!record.IsDeletion && record.Json.Length > 0 && Difference(table, record, await inner.FindAsync(table, record.Key, cancellationToken)) is { } what)
                _differences.Add((record.Key, what));
        }

        return new UpsertCounts(records.Count, 0);
    }

    public ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) => ValueTask.FromResult(0);

    public ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default) => inner.FindAsync(table, key, cancellationToken);

    public IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, CancellationToken cancellationToken = default) => inner.ReadAsync(table, cancellationToken);

    private string? Difference(CuratedTable table, CuratedRecord expected, CuratedRecord? found) =>
        found is null ? CuratedVersion.TimeOf(expected.Version) < keptSince ? null : "isn't curated"
        : string.CompareOrdinal(found.Version, expected.Version) < 0 ? $"is curated in an older version, {found.Version} instead of {expected.Version}"
        : table is { History: HistoryMode.Latest, KeepsDeleted: false } && found.Version == expected.Version && !IsSame(found.Json, expected.Json) ? $"is curated otherwise than raw gives it, in the version {found.Version}"
        : null;

    // Stores may write numbers and spaces in their own way.
    private static bool IsSame(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other)
    {
        if (one.Span.SequenceEqual(other.Span))
            return true;
        (JsonElement[] ones, JsonElement[] others) = (Parse(one), Parse(other));
        return ones.Length == others.Length && ones.Zip(others).All(pair => JsonElement.DeepEquals(pair.First, pair.Second));
    }

    private static JsonElement[] Parse(ReadOnlyMemory<byte> lines)
    {
        var parsed = new List<JsonElement>();
        var reader = new Utf8JsonReader(lines.Span, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
            parsed.Add(JsonElement.ParseValue(ref reader));
        return [.. parsed];
    }
}
