using Penstock.Connectors.Values;

namespace Penstock.Pipelines.Definitions.Yaml;

/// <summary>YAML as values: what a component of the manifest's is made of.</summary>
internal static class YamlValues
{
    /// <summary>A mapping as a value.</summary>
    public static DictValue Of(Fields fields) => new(fields.Names.Select(name => KeyValuePair.Create((Value)name, Of(fields.Find(name)))));

    private static Value Of(YamlNode? node) => node switch
    {
        YamlMap map => new DictValue(map.Entries.Select(entry => KeyValuePair.Create((Value)entry.Name, Of(entry.Value)))),
        YamlList list => new ListValue(list.Items.Select(Of)),
        YamlScalar { IsNull: false, Boolean: { } flag } => flag,
        YamlScalar { IsNull: false } scalar when scalar.TryInteger(out long integer) => integer,
        YamlScalar { IsNull: false } scalar when scalar.TryNumber(out decimal number) => (double)number,
        YamlScalar { IsNull: false } scalar => scalar.Text,
        _ => Value.None,
    };
}
