using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Masking;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads one rule of a mask: <c>hash</c>, or <c>{ partial: { first: 1, last: 2 } }</c>.</summary>
internal static class MaskRuleFields
{
    private const string Forms =
        "Write hash, redact, drop, keep, partial, { hash: { ignore_case: true } }, { partial: email }, { partial: { first: 1, last: 2 } }, "
        + "{ generalise: month }, { generalise: { bucket: 10 } } or { generalise: { prefix: 2 } }.";

    private static readonly Dictionary<string, MaskRule> Plain = new()
    {
        ["keep"] = new KeepValue(),
        ["redact"] = new RedactValue(),
        ["drop"] = new DropValue(),
        ["hash"] = new HashValue(),
        ["partial"] = new PartialValue(PartialKind.Auto),
    };

    private static readonly Dictionary<string, PartialKind> Kinds = new()
    {
        ["email"] = PartialKind.Email,
        ["phone"] = PartialKind.Phone,
        ["card"] = PartialKind.Card,
    };

    private static readonly Dictionary<string, DateUnit> Units =
        Enum.GetValues<DateUnit>().ToDictionary(unit => unit.ToString().ToLowerInvariant());

    /// <summary>Reads a rule; null if it is none, which is a problem then.</summary>
    /// <param name="node">The rule.</param>
    /// <param name="path">Its path in the file.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static MaskRule? Read(YamlNode node, string path, Problems problems)
    {
        if (node is YamlScalar { IsNull: false } scalar)
        {
            if (Plain.TryGetValue(scalar.Text, out MaskRule? rule))
                return rule;
            problems.Add(node.Line, path, scalar.Text == "generalise" ? "'generalise' doesn't say to what." : $"'{scalar.Text}' isn't a rule.", Forms);
            return null;
        }

        if (node is YamlMap { Entries: [{ Name: "hash" or "partial" or "generalise" } entry] })
            return Of(entry, $"{path}.{entry.Name}", problems);
        problems.Add(node.Line, path, $"A rule is one word, or a mapping of one, but this is {node.Kind}.", Forms);
        return null;
    }

    private static MaskRule? Of(YamlEntry entry, string path, Problems problems)
    {
        if (entry.Value is YamlMap map)
            return Of(entry.Name, new Fields(map, path, problems));
        string word = entry.Value is YamlScalar scalar ? scalar.Text : "";
        switch (entry.Name)
        {
            case "partial" when Kinds.TryGetValue(word, out PartialKind kind):
                return new PartialValue(kind);
            case "generalise" when Units.TryGetValue(word, out DateUnit unit):
                return new GeneraliseDate(unit);
            default:
                problems.Add(entry.Line, path, $"'{word}' isn't a kind of '{entry.Name}'.", Forms);
                return null;
        }
    }

    private static MaskRule? Of(string name, Fields fields)
    {
        MaskRule? rule = name switch
        {
            "hash" => new HashValue(fields.Boolean("ignore_case") ?? false),
            "partial" => new PartialValue(PartialKind.Text, fields.Integer("first", 0) ?? 0, fields.Integer("last", 0) ?? 0),
            _ => Generalise(fields),
        };
        fields.RejectOthers();
        return rule;
    }

    private static MaskRule? Generalise(Fields fields)
    {
        YamlNode? bucket = fields.Find("bucket");
        int? prefix = fields.Integer("prefix", 1);
        if ((bucket is null) == !fields.Has("prefix"))
        {
            fields.AddHere("It says either 'bucket' or 'prefix'.", Forms);
            return null;
        }

        if (bucket is null)
            return prefix is { } length ? new GeneraliseText(length) : null;
        if (bucket is YamlScalar scalar && scalar.TryNumber(out decimal width) && width > 0)
            return new GeneraliseNumber(width);
        fields.Add("bucket", "A bucket's width is a number greater than 0.", "Write, for example, bucket: 10.");
        return null;
    }
}
