using System.Text.RegularExpressions;
using Penstock.Pipelines.Contracts.Standard;
using Penstock.Pipelines.Contracts.Values;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Reading;

/// <summary>Reads the quality rules of an object or a property. Rules in SQL and of other engines are noted: they aren't run here.</summary>
internal static class QualityReading
{
    private static readonly Dictionary<string, QualityMetric> Metrics = new()
    {
        ["nullValues"] = QualityMetric.NullValues, ["missingValues"] = QualityMetric.MissingValues, ["invalidValues"] = QualityMetric.InvalidValues,
        ["duplicateValues"] = QualityMetric.DuplicateValues, ["rowCount"] = QualityMetric.RowCount,
    };

    public static void Read(Fields owner, string path, Problems problems, List<QualityRule> rules, List<ContractNote> notes)
    {
        foreach (Fields fields in owner.Maps("quality"))
        {
            string type = fields.Plain("type") ?? "library";
            void Note(string text) => notes.Add(new ContractNote(fields.Line, fields.Path, text));
            if (fields.Plain("metric") is { } metric && type is not ("sql" or "custom"))
            {
                if (Rule(fields, path, Metrics[metric], problems, Note) is { } rule)
                    rules.Add(rule);
            }
            else if (type == "sql")
            {
                Note("This rule isn't run: it is SQL, and records are checked before any database has them. Run it there, for example with dbt.");
            }
            else if (type == "custom")
            {
                Note($"This rule isn't run: it is written for the engine '{fields.Plain("engine")}'.");
            }
        }
    }

    private static QualityRule? Rule(Fields fields, string path, QualityMetric metric, Problems problems, Action<string> note)
    {
        if (path.Contains("[]", StringComparison.Ordinal))
            return Not("This rule isn't run: it is about items of an array. Explode them into a stream of their own.");
        if (Compare(fields) is not { } must)
            return Not("This rule isn't run: its figure is a number, and what it must be isn't.");
        if (metric is QualityMetric.NullValues or QualityMetric.MissingValues or QualityMetric.InvalidValues && path.Length == 0)
            return Not("This rule isn't run: its metric is about a property, and it stands at the object. Write it under a property.");
        Fields? arguments = fields.Map("arguments");
        string unit = (fields.Plain("unit") ?? "rows").ToLowerInvariant();
        if (unit is not ("rows" or "row" or "percent" or "%"))
            return Not($"This rule isn't run: its unit '{unit}' is neither rows nor percent.");
        IReadOnlyList<string> properties = arguments?.Texts("properties") ?? [];
        if (metric == QualityMetric.DuplicateValues && path.Length == 0 && properties.Count == 0)
            return Not("This rule isn't run: it doesn't say of which properties. Write arguments: { properties: [id] }.");
        Regex? pattern = Pattern(arguments, problems);
        IReadOnlyList<string?>? valid = arguments?.Has("validValues") == true ? Values(arguments, "validValues") : null;
        if (metric == QualityMetric.InvalidValues && pattern is null && valid is null)
            note("The rule counts values that break the property's type and options: it has neither validValues nor a pattern.");
        return new QualityRule
        {
            Name = fields.Plain("id") ?? fields.Plain("name") ?? $"{(path.Length == 0 ? "" : path + ".")}{fields.Plain("metric")}",
            Metric = metric,
            Path = path,
            Must = must,
            IsPercent = unit is "percent" or "%",
            Severity = (fields.Plain("severity") ?? "error").ToLowerInvariant(),
            Dimension = fields.Plain("dimension") ?? "",
            Description = fields.Plain("description") ?? "",
            ValidValues = valid,
            Pattern = pattern,
            MissingValues = arguments?.Has("missingValues") == true ? Values(arguments, "missingValues") : [null, ""],
            Properties = properties.Count > 0 ? properties : [path],
        };

        QualityRule? Not(string why)
        {
            note(why);
            return null;
        }
    }

    private static Comparison? Compare(Fields fields)
    {
        string name = QualityShape.Operators.First(fields.Has);
        var kind = (ComparisonKind)((List<string>)[.. QualityShape.Operators]).IndexOf(name);
        return fields.Find(name) switch
        {
            YamlScalar scalar when scalar.TryNumber(out decimal number) => new Comparison(kind, number),
            YamlList { Items: [YamlScalar first, YamlScalar second] } when first.TryNumber(out decimal one) && second.TryNumber(out decimal two) =>
                new Comparison(kind, Math.Min(one, two), Math.Max(one, two)),
            _ => null,
        };
    }

    private static Regex? Pattern(Fields? arguments, Problems problems)
    {
        if (arguments?.Plain("pattern") is not { } pattern)
            return null;
        try
        {
            return Patterns.Compile(pattern);
        }
        catch (ArgumentException e)
        {
            problems.Add(arguments.LineOf("pattern"), arguments.PathOf("pattern"),
                $"This isn't a regular expression that can be checked: {e.Message.TrimEnd('.')}.", "Mend it; look-around and back references can't be checked.");
            return null;
        }
    }

    private static List<string?> Values(Fields arguments, string name) =>
        arguments.Find(name) is YamlList list ? [.. list.Items.OfType<YamlScalar>().Select(scalar => scalar.IsNull ? null : scalar.Text)] : [];
}
