using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Schemas;

/// <summary>The JSON Schemas of Airbyte's data types.</summary>
internal static class AirbyteTypes
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["string"] = """{"type":["null","string"]}""",
        ["boolean"] = """{"type":["null","boolean"]}""",
        ["date"] = """{"type":["null","string"],"format":"date"}""",
        ["timestamp_without_timezone"] = """{"type":["null","string"],"format":"date-time","airbyte_type":"timestamp_without_timezone"}""",
        ["timestamp_with_timezone"] = """{"type":["null","string"],"format":"date-time"}""",
        ["time_without_timezone"] = """{"type":["null","string"],"format":"time","airbyte_type":"time_without_timezone"}""",
        ["time_with_timezone"] = """{"type":["null","string"],"format":"time","airbyte_type":"time_with_timezone"}""",
        ["integer"] = """{"type":["null","integer"]}""",
        ["number"] = """{"type":["null","number"]}""",
        ["array"] = """{"type":["null","array"]}""",
        ["object"] = """{"type":["null","object"]}""",
    };

    /// <summary>A type's schema; null if there is no such type.</summary>
    public static DictValue? Find(string type) => Types.TryGetValue(type, out var schema) ? ValueJsonReader.Read(schema).AsDict : null;
}
