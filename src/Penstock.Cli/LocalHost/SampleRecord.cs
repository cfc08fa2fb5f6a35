using System.Text.Json.Nodes;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;

namespace Penstock.Cli.LocalHost;

/// <summary>Makes up a record that a stream would take, for the examples that can be pasted.</summary>
internal static class SampleRecord
{
    /// <summary>A small object with the stream's key, version and required fields.</summary>
    public static string For(PipelineStream stream)
    {
        JsonObject record = stream.Contract is { } contract ? Of(contract.Properties) : [];
        foreach (string path in stream.Version is { } version ? [.. stream.Key, version] : stream.Key)
            Fill(record, path.Split('.'));
        if (record.Count == 0)
            record["id"] = "1";
        return record.ToJsonString();
    }

    private static JsonObject Of(IReadOnlyList<ContractProperty> properties) =>
        new(properties.Where(property => property.Required).Select(property => KeyValuePair.Create(property.Name, Value(property))));

    private static JsonNode? Value(ContractProperty property) => property.Type switch
    {
        LogicalType.Integer => 1,
        LogicalType.Number => 1.5,
        LogicalType.Boolean => true,
        LogicalType.Date => "2026-01-31",
        LogicalType.Time => "12:00:00",
        LogicalType.Timestamp => "2026-01-31T12:00:00Z",
        LogicalType.Object => Of(property.Properties),
        LogicalType.Array => property.Items is { } items ? new JsonArray(Value(items)) : [],
        _ => "1",
    };

    private static void Fill(JsonObject record, ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
        {
            if (!record.ContainsKey(path[0]))
                record[path[0]] = "1";
            return;
        }

        if (record[path[0]] is not JsonObject inner)
            record[path[0]] = inner = [];
        Fill(inner, path[1..]);
    }
}
