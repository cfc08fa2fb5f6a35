using System.Globalization;
using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Catalogue;

namespace Penstock.Cli.Catalogue;

/// <summary>A stream's entry as a document of the Open Data Contract Standard 3.1, for catalogues that take those.</summary>
internal static class CatalogOdcs
{
    public static string Document(CatalogEntry entry)
    {
        var text = new StringBuilder("apiVersion: v3.1.0\nkind: DataContract\n");
        Line(text, "id", entry.Contract?.Id ?? $"{entry.Pipeline}.{entry.Stream}");
        Line(text, "version", entry.Contract?.Version ?? "0.0.0");
        Line(text, "status", entry.Contract?.Status is { Length: > 0 } status ? status : entry.Contract is null ? "draft" : "active");
        Line(text, "name", $"{entry.Pipeline}/{entry.Stream}");
        if (entry.Description.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"description:\n  purpose: {Quote(entry.Description)}\n");
        if (entry.Owner.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"team:\n  name: {Quote(entry.Owner)}\n");
        if (entry.Tags.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"tags: [{string.Join(", ", entry.Tags.Select(Quote))}]\n");
        text.Append(CultureInfo.InvariantCulture, $"schema:\n  - name: {Quote(entry.Stream)}\n    logicalType: object\n    physicalName: {Quote($"{entry.Curated.Namespace}/{entry.Curated.Name}")}\n");
        text.Append(entry.Fields.Count == 0 ? "    properties: []\n" : "    properties:\n");
        Properties(text, [.. entry.Fields.Select(field => (field.Path.Split('.'), field))], entry.Key, 0, "");
        if (entry.Freshness.PromisedSeconds is { } seconds)
            text.Append(CultureInfo.InvariantCulture, $"slaProperties:\n  - property: freshness\n    value: {seconds / 60:0.##}\n    unit: min\n");
        return text.ToString();
    }

    // Fields are by path; objects on the way are written once, around theirs.
    private static void Properties(StringBuilder text, IReadOnlyList<(string[] Parts, CatalogField Field)> fields, IReadOnlyList<string> key, int depth, string parent)
    {
        string indent = new(' ', 6 + (4 * depth));
        foreach (var group in fields.GroupBy(one => one.Parts[depth]))
        {
            string path = parent.Length == 0 ? group.Key : $"{parent}.{group.Key}";
            (string[] Parts, CatalogField Field)[] inner = [.. group.Where(one => one.Parts.Length > depth + 1)];
            CatalogField? leaf = group.FirstOrDefault(one => one.Parts.Length == depth + 1).Field;
            text.Append(CultureInfo.InvariantCulture, $"{indent}- name: {Quote(group.Key)}\n");
            string type = inner.Length > 0 ? "object" : leaf?.Type ?? "any";
            if (type != "any")
                text.Append(CultureInfo.InvariantCulture, $"{indent}  logicalType: {type}\n");
            if (leaf is { Required: true })
                text.Append(CultureInfo.InvariantCulture, $"{indent}  required: true\n");
            if (leaf is { Unique: true })
                text.Append(CultureInfo.InvariantCulture, $"{indent}  unique: true\n");
            if (key.ToList().IndexOf(path) is >= 0 and var position)
                text.Append(CultureInfo.InvariantCulture, $"{indent}  primaryKey: true\n{indent}  primaryKeyPosition: {position + 1}\n");
            if (leaf?.Classification is { Length: > 0 } classification)
                text.Append(CultureInfo.InvariantCulture, $"{indent}  classification: {Quote(classification)}\n");
            if (leaf is { Change: not "identity" })
                text.Append(CultureInfo.InvariantCulture, $"{indent}  transformLogic: {Quote((leaf.IsMasked ? "masked: " : "") + leaf.Change)}\n");
            if (inner.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{indent}  properties:\n");
                Properties(text, inner, key, depth + 1, path);
            }
        }
    }

    private static void Line(StringBuilder text, string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name}: {Quote(value)}\n");

    // A JSON text is a YAML text.
    internal static string Quote(string text) => JsonSerializer.Serialize(text, Readable);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
