using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts;

/// <summary>
/// Reads an Open Data Contract Standard document (ODCS 3.1, https://bitol-io.github.io/open-data-contract-standard): its identity
/// and the schema object of one stream. Sections and fields that Penstock doesn't use are accepted.
/// </summary>
internal static class ContractFile
{
    private const int MaxDepth = 32;

    // The fields of an ODCS 3.1 property and document that aren't read here: they must not be taken for misspelt ones.
    private static readonly string[] OtherPropertyFields =
    [
        "id", "physicalType", "physicalName", "logicalTypeOptions", "description", "businessName", "unique", "partitioned",
        "partitionKeyPosition", "encryptedName", "transformSourceObjects", "transformLogic", "transformDescription", "examples",
        "criticalDataElement", "relationships", "quality", "authoritativeDefinitions", "tags", "customProperties",
    ];

    private static readonly string[] OtherDocumentFields =
    [
        "name", "status", "tenant", "tags", "servers", "dataProduct", "description", "domain", "support", "price", "team", "roles",
        "slaDefaultElement", "slaProperties", "authoritativeDefinitions", "customProperties", "contractCreatedTs",
    ];

    private static readonly Dictionary<string, LogicalType> Types =
        Enum.GetValues<LogicalType>().Where(type => type != LogicalType.Any).ToDictionary(type => type.ToString().ToLowerInvariant());

    /// <summary>Reads the contract of a stream; null if the document can't be used at all.</summary>
    /// <param name="text">The document.</param>
    /// <param name="stream">The stream: of several schema objects, the one of this name counts.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static Contract? Read(string text, string stream, Problems problems)
    {
        if (YamlDocument.Read(text, problems) is not { } root)
            return null;
        if (root is not YamlMap map)
        {
            problems.Add(root.Line, "", $"The file must be a mapping, but is {root.Kind}.", "Begin it with: apiVersion: v3.1.0");
            return null;
        }

        var fields = new Fields(map, "", problems);
        if (fields.RequiredText("apiVersion", "apiVersion: v3.1.0") is { } version && !version.StartsWith("v3.", StringComparison.Ordinal))
            fields.Add("apiVersion", $"'{version}' isn't a version that is read here.", "Write v3.1.0.");
        if (fields.RequiredText("kind", "kind: DataContract") is { } kind && kind != "DataContract")
            fields.Add("kind", $"'{kind}' isn't a data contract.", "Write DataContract.");
        string id = fields.RequiredText("id", "id: orders") ?? "";
        string contractVersion = fields.RequiredText("version", "version: 1.0.0") ?? "";
        Fields? schema = Schema(fields, stream);
        fields.RejectMisspelt(OtherDocumentFields);
        return schema is null ? null : new Contract(id, contractVersion, Properties(schema, problems, 0));
    }

    private static Fields? Schema(Fields document, string stream)
    {
        if (!document.Has("schema"))
        {
            document.Missing("schema", "schema: [{ name: orders, properties: [...] }]");
            return null;
        }

        (Fields Fields, string? Name)[] objects = [.. document.Maps("schema").Select(one => (one, one.Text("name")))];
        Fields? found = objects.FirstOrDefault(one => one.Name == stream).Fields ?? (objects.Length == 1 ? objects[0].Fields : null);
        if (found is null)
        {
            document.Add("schema", $"No schema object is called '{stream}' like the stream.",
                objects.Length == 0 ? "Add one." : Nearest.Advice(stream, [.. objects.Select(one => one.Name).OfType<string>()]));
        }
        else if (!found.Has("properties"))
        {
            found.Missing("properties", "properties: [{ name: id, logicalType: string }]");
        }

        return found;
    }

    private static List<ContractProperty> Properties(Fields parent, Problems problems, int depth)
    {
        var properties = new List<ContractProperty>();
        foreach (Fields fields in parent.Maps("properties"))
        {
            ContractProperty property = Property(fields, fields.RequiredText("name", "name: id") ?? "", problems, depth);
            if (property.Name.Length > 0 && properties.Any(other => other.Name == property.Name))
                fields.Add("name", $"The property '{property.Name}' is there twice.", "Keep one of the two.");
            properties.Add(property);
        }

        return properties;
    }

    private static ContractProperty Property(Fields fields, string name, Problems problems, int depth)
    {
        if (depth > MaxDepth)
        {
            problems.Add(fields.Line, fields.Path, $"Properties are nested more than {MaxDepth} deep.", "Leave the inner ones undeclared.");
            return new ContractProperty { Name = name };
        }

        LogicalType type = LogicalType.Any;
        if (fields.Text("logicalType") is { } written && !Types.TryGetValue(written, out type))
            fields.Add("logicalType", $"'{written}' isn't a logical type.", Nearest.Advice(written, Types.Keys));
        if (type == LogicalType.Any && (fields.Has("properties") || fields.Has("items")))
            type = fields.Has("properties") ? LogicalType.Object : LogicalType.Array;
        bool primaryKey = fields.Boolean("primaryKey") ?? false;
        // ODCS writes -1 for "no position".
        int? position = fields.Integer("primaryKeyPosition", least: -1);
        var property = new ContractProperty
        {
            Name = name,
            Type = type,
            Required = fields.Boolean("required") ?? false,
            PrimaryKeyPosition = primaryKey ? Math.Max(position ?? 1, 1) : null,
            Classification = fields.Text("classification") ?? "",
            Properties = Properties(fields, problems, depth + 1),
            Items = fields.Map("items") is { } items ? Property(items, items.Text("name") ?? "", problems, depth + 1) : null,
        };
        if (property.Properties.Count > 0 && type != LogicalType.Object)
            fields.Add("properties", "Only an object has properties.", "Write logicalType: object, or remove them.");
        if (property.Items is not null && type != LogicalType.Array)
            fields.Add("items", "Only an array has items.", "Write logicalType: array, or remove them.");
        fields.RejectMisspelt(OtherPropertyFields);
        return property;
    }
}
