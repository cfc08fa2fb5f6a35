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

    /// <summary>Whether records are compared; otherwise they only claim their rows.</summary>
    public bool IsComparing { get; set; }

    /// <summary>The raw blob that is transformed.</summary>
    public string Blob { get; set; } = "";

    /// <summary>The records that aren't curated and weren't deleted, as far as raw was looked through.</summary>
    public MissingRecords Missing { get; } = new();

    /// <summary>The rows that records claim.</summary>
    public UnclaimedRows Unclaimed { get; } = new();

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
            Unclaimed.Claim(table, record);
            // Of a deletion only a guard is left, and what came after it; of a list without items nothing.
            bool isGone = record.IsDeletion || record.Json.Length == 0;
            if (isGone)
                Missing.Gone(table, record);
            if (!IsComparing)
                continue;
            Compared++;
            if (isGone)
                continue;
            CuratedRecord? found = await inner.FindAsync(table, record.Key, cancellationToken);
            if (found is null && !(CuratedVersion.TimeOf(record.Version) < keptSince))
                Missing.Add(table, record, Blob);
            else if (found is not null && Difference(table, record, found) is { } what)
                _differences.Add((record.Key, what));
        }

        return new UpsertCounts(records.Count, 0);
    }

    public ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) => ValueTask.FromResult(0);

    public ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default) => inner.FindAsync(table, key, cancellationToken);

    public IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, CancellationToken cancellationToken = default) => inner.ReadAsync(table, cancellationToken);

    private static string? Difference(CuratedTable table, CuratedRecord expected, CuratedRecord found) =>
        CuratedVersion.Compare(found.Version, expected.Version) < 0 ? $"is curated in an older version, {found.Version} instead of {expected.Version}"
        : table is { History: HistoryMode.Latest, KeepsDeleted: false } && found.Version == expected.Version && !IsSame(found.Json, table.IsExploded ? LastOf(expected.Json) : expected.Json) ? $"is curated otherwise than raw gives it, in the version {found.Version}"
        : null;

    // Of several rows the last one is found.
    private static ReadOnlyMemory<byte> LastOf(ReadOnlyMemory<byte> lines) => lines[(lines.Span.LastIndexOf((byte)'\n') + 1)..];

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
