using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Reading;

/// <summary>Reads one schema object of a document that is as the standard says; problems are what can't be enforced as it is meant.</summary>
internal sealed class SchemaReading(Fields document, Fields schema, Problems problems)
{
    private const int MaxDepth = 32;

    private static readonly Dictionary<string, LogicalType> Types =
        Enum.GetValues<LogicalType>().Where(type => type != LogicalType.Any).ToDictionary(type => type.ToString().ToLowerInvariant());

    private readonly List<ContractNote> _notes = [];
    private readonly List<QualityRule> _rules = [];

    public Contract Read(string id, string version, ContractTeam team)
    {
        string name = schema.Plain("name") ?? "";
        var coercion = Coercions.Read(schema, problems, Coercions.Read(document, problems, Coercion.None));
        IReadOnlyList<ContractProperty> properties = Properties(schema, "", coercion, 0);
        QualityReading.Read(schema, "", problems, _rules, _notes);
        return new Contract(id, version, properties)
        {
            Name = name,
            Status = document.Plain("status") ?? "",
            Tags = [.. document.Texts("tags").Concat(schema.Texts("tags")).Distinct()],
            Owner = team.Owner,
            Support = team.Support,
            Rules = _rules,
            ServiceLevels = ServiceLevels.Read(document, name, _notes),
            Notes = _notes,
        };
    }

    private List<ContractProperty> Properties(Fields parent, string path, Coercion coercion, int depth)
    {
        var properties = new List<ContractProperty>();
        foreach (Fields fields in parent.Maps("properties"))
        {
            string name = fields.Plain("name") ?? "";
            if (name.Length == 0)
                fields.Add("name", "The name is empty.", "Write the property's name in the record.");
            if (properties.Any(other => other.Name == name))
                fields.Add("name", $"The property '{name}' is there twice.", "Keep one of the two.");
            properties.Add(Property(fields, name, path.Length == 0 ? name : $"{path}.{name}", coercion, depth));
        }

        return properties;
    }

    private ContractProperty Property(Fields fields, string name, string path, Coercion inherited, int depth)
    {
        if (depth > MaxDepth)
        {
            problems.Add(fields.Line, fields.Path, $"Properties are nested more than {MaxDepth} deep.", "Leave the inner ones undeclared.");
            return new ContractProperty { Name = name };
        }

        LogicalType type = fields.Plain("logicalType") is { } written ? Types[written]
            : fields.Has("properties") ? LogicalType.Object : fields.Has("items") ? LogicalType.Array : LogicalType.Any;
        if (type == LogicalType.Object && fields.Has("items"))
            fields.Add("items", "A property has either properties or items.", "Write logicalType: object or array, and remove the other.");
        Coercion coercion = Coercions.Read(fields, problems, inherited);
        // ODCS writes -1 for "no position".
        int? position = fields.Integer("primaryKeyPosition", least: -1);
        QualityReading.Read(fields, path, problems, _rules, _notes);
        bool isUnique = fields.Boolean("unique") ?? false;
        if (isUnique && !path.Contains("[]", StringComparison.Ordinal))
            _rules.Add(Unique(path));
        return new ContractProperty
        {
            Name = name,
            Type = type,
            Options = fields.Map("logicalTypeOptions") is { } options ? new OptionReading(options, type, problems, _notes).Read() : ValueOptions.None,
            Coercion = coercion,
            Required = fields.Boolean("required") ?? false,
            Unique = isUnique,
            PrimaryKeyPosition = fields.Boolean("primaryKey") == true ? Math.Max(position ?? 1, 1) : null,
            Classification = fields.Plain("classification") ?? "",
            Tags = fields.Texts("tags"),
            Properties = Properties(fields, path, coercion, depth + 1),
            Items = fields.Map("items") is { } items ? Property(items, items.Plain("name") ?? "", $"{path}[]", coercion, depth + 1) : null,
        };
    }

    private static QualityRule Unique(string path) => new()
    {
        Name = $"{path}.unique", Metric = QualityMetric.DuplicateValues, Path = path, Must = new Comparison(ComparisonKind.Be, 0), Properties = [path],
        Dimension = "uniqueness", Description = "The contract says that it is unique.",
    };
}
