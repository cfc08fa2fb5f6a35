using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Pipelines.Lineage;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Catalogue;

/// <summary>
/// Reads a few curated records to show. Masks are in them already; values that the contract classifies and the pipeline doesn't
/// mask are for those who use the data, not for those who look around: they are hidden. Of a stream with a contract only what the
/// contract declares is shown.
/// </summary>
/// <param name="curated">The curated records.</param>
public sealed class SampleReader(ICuratedStore curated)
{
    /// <summary>What stands for a hidden value.</summary>
    public const string Hidden = "•••";

    private static readonly string[] Harmless = ["", "public", "open", "internal", "none"];

    /// <summary>Reads samples; the store's order, which is no order.</summary>
    public async ValueTask<IReadOnlyList<JsonElement>> ReadAsync(StreamLineage lineage, int count, CancellationToken cancellationToken = default)
    {
        string[][] hidden = [.. SchemaField.Leaves(lineage.Fields)
            .Where(leaf => !Harmless.Contains(leaf.Field.Classification.ToLowerInvariant()) && !lineage.Columns.Any(column => column.Field == leaf.Path && column.IsMasked))
            .Select(leaf => leaf.Path.Split('.'))];
        var samples = new List<JsonElement>();
        await foreach (CuratedRecord record in curated.ReadAsync(new CuratedTable(lineage.Pipeline.Name, lineage.Stream.Name), cancellationToken))
        {
            JsonNode? node = JsonNode.Parse(record.Json.Span);
            foreach (string[] path in hidden)
                Hide(node, path);
            if (lineage.Stream.Contract is not null)
                Prune(node, lineage.Fields);
            using JsonDocument shown = JsonDocument.Parse(node?.ToJsonString() ?? "null");
            samples.Add(shown.RootElement.Clone());
            if (samples.Count >= count)
                break;
        }

        return samples;
    }

    // What the contract doesn't declare is nothing that anybody said may be shown.
    private static void Prune(JsonNode? node, IReadOnlyList<SchemaField> declared)
    {
        if (node is JsonArray items)
        {
            foreach (JsonNode? item in items)
                Prune(item, declared);
        }
        else if (node is JsonObject members)
        {
            foreach (string name in members.Select(member => member.Key).ToList())
            {
                if (declared.FirstOrDefault(field => field.Name == name) is not { } field)
                    members.Remove(name);
                else if (field.Fields.Count > 0)
                    Prune(members[name], field.Fields);
            }
        }
    }

    private static void Hide(JsonNode? node, ReadOnlySpan<string> path)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (JsonNode? item in items)
                    Hide(item, path);
                break;
            case JsonObject members when members.ContainsKey(path[0]):
                if (path.Length > 1)
                    Hide(members[path[0]], path[1..]);
                else if (members[path[0]] is not null)
                    members[path[0]] = Hidden;
                break;
        }
    }
}
