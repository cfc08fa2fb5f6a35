using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Reading;

/// <summary>Reads the custom property <c>coerce</c>: of the document, an object or a property; the inner one counts.</summary>
internal static class Coercions
{
    private static readonly Dictionary<string, Coercion> Names = new()
    {
        ["false"] = Coercion.None, ["true"] = Coercion.Exact, ["epoch_seconds"] = Coercion.EpochSeconds, ["epoch_milliseconds"] = Coercion.EpochMilliseconds,
    };

    public static Coercion Read(Fields fields, Problems problems, Coercion inherited)
    {
        Coercion coercion = inherited;
        foreach (Fields custom in fields.Maps("customProperties").Where(custom => custom.Plain("property") == "coerce"))
        {
            string value = custom.Plain("value") ?? "";
            if (!Names.TryGetValue(value, out coercion))
                problems.Add(custom.LineOf("value"), custom.PathOf("value"), $"'{value}' isn't a way to coerce.", $"Write one of: {string.Join(", ", Names.Keys)}.");
        }

        return coercion;
    }
}
