using Penstock.Connectors.Values;

namespace Penstock.Connectors.Configs;

/// <summary>Fills in the defaults that a specification declares, as Airbyte's form does before it saves a config.</summary>
internal static class ConfigDefaults
{
    public static DictValue Fill(DictValue config, Value specification)
    {
        var filled = new DictValue(config.Entries);
        foreach (var (key, property) in specification.AsDict?.Find("properties").AsDict?.Entries ?? [])
        {
            if (property.AsDict is not { } schema) continue;
            if (!filled.Entries.TryGetValue(key, out var value))
            {
                if (schema.TryGet("default", out var fallback)) filled[key] = fallback;
            }
            else if (value.AsDict is { } nested)
            {
                filled[key] = Fill(nested, schema);
            }
        }

        return filled;
    }
}
