using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Normalisation;

/// <summary><c>schema_normalization: Default</c>: values take the types of the stream's JSON Schema, as far as they can.</summary>
internal sealed class SchemaNormaliser(Value schema)
{
    private const int DeepestReference = 40;

    public void Apply(DictValue record) => Descend(record, schema, 0);

    private void Descend(Value instance, Value subschema, int depth)
    {
        if (subschema.AsDict is not { } keywords || depth > DeepestReference)
        {
            return;
        }

        // Beside a reference JSON Schema draft 7 ignores everything else.
        if (keywords.Find("$ref").AsText is { } reference)
        {
            Descend(instance, Resolve(reference), depth + 1);
            return;
        }

        if (instance.AsDict is { } dict)
        {
            DescendObject(dict, keywords, depth);
        }
        else if (instance.AsList is { } list && keywords.Find("items") is { AsDict: not null } items)
        {
            for (var i = 0; i < list.Elements.Count; i++)
            {
                list.Elements[i] = Convert(list.Elements[i], items, depth);
                Descend(list.Elements[i], items, depth + 1);
            }
        }

        foreach (var keyword in (ReadOnlySpan<string>)["allOf", "anyOf", "oneOf"])
        {
            foreach (var alternative in keywords.Find(keyword).AsList?.Elements ?? [])
            {
                Descend(instance, alternative, depth + 1);
            }
        }
    }

    private void DescendObject(DictValue instance, DictValue keywords, int depth)
    {
        var properties = keywords.Find("properties").AsDict;
        foreach (var (name, subschema) in properties?.Entries ?? [])
        {
            if (instance.Entries.TryGetValue(name, out var value))
            {
                instance[name] = value = Convert(value, subschema, depth);
                Descend(value, subschema, depth + 1);
            }
        }

        if (keywords.Find("additionalProperties") is { AsDict: not null } others)
        {
            foreach (var (name, value) in instance.Entries)
            {
                if (properties?.Entries.ContainsKey(name) != true)
                {
                    Descend(value, others, depth + 1);
                }
            }
        }
    }

    private static Value Convert(Value value, Value subschema, int depth) =>
        subschema.AsDict is { } keywords && depth <= DeepestReference ? TypeConversion.Convert(value, keywords) : value;

    private Value Resolve(string reference)
    {
        var path = reference.StartsWith("#/", StringComparison.Ordinal)
            ? reference[2..].Split('/').Select(segment => segment.Replace("~1", "/").Replace("~0", "~"))
            : [];
        var found = path.Aggregate(schema, (current, segment) => current.AsDict?.Find(segment) ?? Value.None);
        return reference == "#" || reference.StartsWith("#/", StringComparison.Ordinal) ? found : Value.None;
    }
}
