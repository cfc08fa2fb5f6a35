using System.Text.Json;
using Penstock.Pipelines.Quality;
using Penstock.Pipelines.Quality.Sets;

namespace Penstock.Pipelines.Watching.Figures;

/// <summary>Writes what a blob was like as records of <c>penstock.quality</c>: one a column, and one of the whole (column empty).</summary>
internal static class QualityRecords
{
    public static IEnumerable<ReadOnlyMemory<byte>> Of(BlobQuality blob)
    {
        yield return Write(blob, "", json =>
        {
            json.WriteNumber("read", blob.Read);
            json.WriteNumber("curated", blob.Curated);
            json.WriteNumber("quarantined", blob.Quarantined);
            json.WriteNumber("filtered", blob.Filtered);
            foreach (RuleFigure rule in blob.Rules.Where(rule => !rule.IsKept))
                json.WriteNumber($"rule:{rule.Rule}", rule.Records);
            foreach ((string drift, long records) in blob.Drift)
                json.WriteNumber($"drift:{drift}", records);
        });
        foreach (ColumnQuality column in blob.Columns)
        {
            yield return Write(blob, column.Column, json =>
            {
                if (column.Type is { } type)
                    json.WriteString("type", type.ToString().ToLowerInvariant());
                json.WriteNumber("values", column.Values);
                json.WriteNumber("nulls", column.Nulls);
                json.WriteNumber("distinct", column.Distinct);
                json.WriteNumber("coerced", column.Coerced);
                if (column.Min is not null)
                    json.WriteString("min", column.Min);
                if (column.Max is not null)
                    json.WriteString("max", column.Max);
                if (column.MinLength is { } shortest)
                    json.WriteNumber("min_length", shortest);
                if (column.MaxLength is { } longest)
                    json.WriteNumber("max_length", longest);
                foreach ((Statistics.ValueKind kind, long count) in column.Kinds)
                    json.WriteNumber($"{kind.ToString().ToLowerInvariant()}_values", count);
            });
        }
    }

    /// <summary>What a run's records were like as a set: the figures of all rules about it. Its name stands for the blob.</summary>
    public static ReadOnlyMemory<byte> Of(RunSet set)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("blob", $"{set.Pipeline}/{set.Stream}/{set.Run}");
            json.WriteString("column", "");
            json.WriteString("pipeline", set.Pipeline);
            json.WriteString("stream", set.Stream);
            json.WriteString("run", set.Run);
            json.WriteString("replay", "");
            json.WriteString("contract", set.Contract);
            json.WriteString("taken_at", set.CreatedAt);
            json.WriteString("at", set.EndedAt);
            json.WriteNumber("read", set.Read);
            json.WriteNumber("rows", set.Rows);
            foreach ((string rule, long records) in set.Rules)
                json.WriteNumber($"rule:{rule}", records);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static byte[] Write(BlobQuality blob, string column, Action<Utf8JsonWriter> figures)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("blob", blob.Blob);
            json.WriteString("column", column);
            json.WriteString("pipeline", blob.Pipeline);
            json.WriteString("stream", blob.Stream);
            json.WriteString("run", blob.Run);
            // A replay of some records must not overwrite the figures of all of them.
            json.WriteString("replay", blob.Replay ?? "");
            json.WriteString("contract", blob.Contract);
            json.WriteString("taken_at", blob.TakenAt);
            json.WriteString("at", blob.At);
            json.WriteNumber("rows", blob.Rows);
            figures(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
