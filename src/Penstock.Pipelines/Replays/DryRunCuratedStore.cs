using System.Text.Json;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Replays;

/// <summary>Compares what would be written with what there is, and writes nothing.</summary>
/// <param name="inner">What there is.</param>
internal sealed class DryRunCuratedStore(ICuratedStore inner) : ICuratedStore
{
    private const int MostExamples = 20;

    // What a history adds to a row; a new version doesn't have it yet.
    private static readonly string[] HistoryMembers = ["is_deleted", "valid_from", "valid_to", "is_current"];
    private readonly Dictionary<(string, string, string), CuratedRecord> _written = [];

    /// <summary>What was found so far.</summary>
    public RecordDiff Diff { get; private set; } = RecordDiff.None;

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _written.Clear();
        Diff = RecordDiff.None;
    }

    /// <inheritdoc/>
    public async ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default)
    {
        int stale = 0;
        foreach (CuratedRecord record in records)
        {
            CuratedRecord? known = await FindAsync(table, record.Key, cancellationToken);
            if (known is not null && string.CompareOrdinal(record.Version, known.Version) < 0)
            {
                stale++;
                Diff = Diff with { Stale = Diff.Stale + 1 };
                continue;
            }

            if (record.IsDeletion)
            {
                Diff = known is null ? Diff with { Unchanged = Diff.Unchanged + 1 } : Diff with { Deleted = Diff.Deleted + 1 };
                continue;
            }

            bool isSame = known is not null && known.Json.Span.SequenceEqual(record.Json.Span);
            string[] changed = known is null || isSame ? [] : [.. Changed(known.Json, record.Json)];
            Diff = known is null ? Diff with { New = Diff.New + 1 } : isSame || changed.Length == 0 ? Diff with { Unchanged = Diff.Unchanged + 1 } : Diff with { Changed = Diff.Changed + 1 };
            if ((known is null || changed.Length > 0) && Diff.Examples.Count < MostExamples)
                Diff = Diff with { Examples = [.. Diff.Examples, new RecordExample(record.Key, known is null ? "new" : "changed", changed)] };
            _written[(table.Pipeline, table.Stream, record.Key)] = record;
        }

        return new UpsertCounts(records.Count - stale, stale);
    }

    /// <inheritdoc/>
    public async ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        int deleted = 0;
        foreach (string key in keys)
            deleted += await FindAsync(table, key, cancellationToken) is null ? 0 : 1;
        Diff = Diff with { Deleted = Diff.Deleted + deleted };
        return deleted;
    }

    /// <inheritdoc/>
    public ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default) =>
        _written.TryGetValue((table.Pipeline, table.Stream, key), out CuratedRecord? written) ? ValueTask.FromResult<CuratedRecord?>(written) : inner.FindAsync(table, key, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, CancellationToken cancellationToken = default) => inner.ReadAsync(table, cancellationToken);

    // Names of members, never their values: a dry run shows no record's content.
    private static List<string> Changed(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        // Several rows, or none, come and go together.
        if (IsSeveral(before) || IsSeveral(after))
            return ["rows"];
        using JsonDocument old = JsonDocument.Parse(before), now = JsonDocument.Parse(after);
        var members = old.RootElement.EnumerateObject().Where(member => !HistoryMembers.Contains(member.Name)).ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        var changed = new List<string>();
        foreach (JsonProperty member in now.RootElement.EnumerateObject())
        {
            if (!members.Remove(member.Name, out JsonElement value) || !JsonElement.DeepEquals(value, member.Value))
                changed.Add(member.Name);
        }

        changed.AddRange(members.Keys);
        return changed;
    }

    private static bool IsSeveral(ReadOnlyMemory<byte> json) => json.IsEmpty || json.Span.Contains((byte)'\n');
}

/// <summary>What a replay would do to curated records.</summary>
/// <param name="New">Records that would be added.</param>
/// <param name="Changed">Records that would be changed.</param>
/// <param name="Unchanged">Records that would stay as they are.</param>
/// <param name="Stale">Records that are older than what there is.</param>
/// <param name="Deleted">Records that would be deleted.</param>
/// <param name="Examples">Some of the new and the changed ones.</param>
public sealed record RecordDiff(long New, long Changed, long Unchanged, long Stale, long Deleted, IReadOnlyList<RecordExample> Examples)
{
    /// <summary>Nothing.</summary>
    public static RecordDiff None { get; } = new(0, 0, 0, 0, 0, []);
}

/// <summary>A record that a replay would add or change.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Change"><c>new</c> or <c>changed</c>.</param>
/// <param name="Members">The members that would be changed, by name.</param>
public sealed record RecordExample(string Key, string Change, IReadOnlyList<string> Members);
