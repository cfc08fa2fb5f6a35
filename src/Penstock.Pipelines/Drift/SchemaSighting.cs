using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Statistics;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Drift;

/// <summary>What one blob showed of its stream's columns.</summary>
/// <param name="Blob">The blob.</param>
/// <param name="At">When it was transformed.</param>
/// <param name="Columns">The columns that the contract doesn't declare, with the kinds of their values.</param>
/// <param name="Drifts">What drifted.</param>
internal sealed record SchemaSighting(
    BlobContext Blob, DateTimeOffset At, IReadOnlyDictionary<string, IReadOnlyList<ValueKind>> Columns, IReadOnlyList<DriftCount> Drifts)
{
    public static SchemaSighting Of(BlobContext blob, RecordPass pass, DateTimeOffset at) => new(
        blob, at,
        pass.AllColumns().Where(column => column.IsFound && column.Path != "_event")
            .ToDictionary(column => column.Path, column => (IReadOnlyList<ValueKind>)[.. column.Figures.Kinds]),
        [.. pass.Drifts]);

    /// <summary>Whether it shows more than is known.</summary>
    public bool IsNews(StreamSchema? known) =>
        known is null || Drifts.Count > 0
        || Columns.Any(column => Widened(known, column.Key, column.Value).Count > 0
            || (Blob.Stream.Drift.NewColumn == DriftMode.Evolve && !known.Columns.ContainsKey(column.Key)));

    /// <summary>Adds what it shows to what is known.</summary>
    public StreamSchema Merge(StreamSchema? known)
    {
        StreamSchema schema = known ?? new StreamSchema { Pipeline = Blob.Pipeline.Name, Stream = Blob.Stream.Name };
        var columns = schema.Columns.ToDictionary();
        var drifts = new List<DriftCount>(Drifts);
        foreach ((string path, IReadOnlyList<ValueKind> kinds) in Columns)
        {
            if (columns.TryGetValue(path, out ObservedColumn? column))
            {
                if (Widened(schema, path, kinds) is not { Count: > 0 } more)
                    continue;
                columns[path] = column with { Kinds = [.. column.Kinds, .. more] };
                if (column.Kinds.Count > 0 && !AreNumbers(column.Kinds, more))
                    drifts.Add(new DriftCount(DriftEntity.TypeChange, path, null, more[0], 1) { Records = 1 });
            }
            else if (known is null || Blob.Stream.Drift.NewColumn == DriftMode.Evolve)
            {
                columns.Add(path, new ObservedColumn(At, Blob.Name, kinds));
            }
        }

        return schema with { Columns = columns, Drifts = drifts.Aggregate(schema.Drifts, With) };
    }

    private IReadOnlyList<DriftRecord> With(IReadOnlyList<DriftRecord> all, DriftCount drift)
    {
        string? contract = Blob.Stream.Contract is { } one ? $"{one.Id}@{one.Version}" : null;
        // The contract declares nothing about a column that it doesn't know: its kinds may only evolve.
        DriftMode mode = drift is { Entity: DriftEntity.TypeChange, Expected: null } ? DriftMode.Evolve : Blob.Stream.Drift.Of(drift.Entity);
        DriftRecord? before = all.LastOrDefault(
            record => record.Entity == drift.Entity && record.Path == drift.Path && record.Contract == contract && record.Mode == mode);
        if (before?.LastBlob == Blob.Name)
            return all;
        if (before is not null)
            return [.. all.Where(record => record != before), before with { LastSeen = At, LastBlob = Blob.Name, Records = before.Records + drift.Records }];
        return
        [
            .. all,
            new DriftRecord
            {
                Entity = drift.Entity, Path = drift.Path, Expected = drift.Expected, Found = drift.Found, Mode = mode, Contract = contract,
                FirstSeen = At, FirstBlob = Blob.Name, FirstLine = drift.FirstRecord, LastSeen = At, LastBlob = Blob.Name, Records = drift.Records,
            },
        ];
    }

    private static List<ValueKind> Widened(StreamSchema known, string path, IReadOnlyList<ValueKind> kinds) =>
        known.Columns.TryGetValue(path, out ObservedColumn? column) ? [.. kinds.Except(column.Kinds)] : [];

    // A price that was whole until today hasn't changed its type.
    private static bool AreNumbers(IReadOnlyList<ValueKind> before, IReadOnlyList<ValueKind> more) =>
        before.Concat(more).All(kind => kind is ValueKind.Integer or ValueKind.Number);
}
