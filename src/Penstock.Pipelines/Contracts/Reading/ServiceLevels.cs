using System.Globalization;
using System.Xml;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Reading;

/// <summary>Reads <c>slaProperties</c> that are spans of time.</summary>
internal static class ServiceLevels
{
    private static readonly Dictionary<string, string> LongNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ly"] = "latency", ["latency"] = "latency", ["freshness"] = "freshness", ["re"] = "retention", ["retention"] = "retention",
        ["fy"] = "frequency", ["frequency"] = "frequency",
    };

    private static readonly Dictionary<string, TimeSpan> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["s"] = TimeSpan.FromSeconds(1), ["sec"] = TimeSpan.FromSeconds(1), ["second"] = TimeSpan.FromSeconds(1), ["seconds"] = TimeSpan.FromSeconds(1),
        ["min"] = TimeSpan.FromMinutes(1), ["mins"] = TimeSpan.FromMinutes(1), ["minute"] = TimeSpan.FromMinutes(1), ["minutes"] = TimeSpan.FromMinutes(1),
        ["h"] = TimeSpan.FromHours(1), ["hr"] = TimeSpan.FromHours(1), ["hour"] = TimeSpan.FromHours(1), ["hours"] = TimeSpan.FromHours(1),
        ["d"] = TimeSpan.FromDays(1), ["day"] = TimeSpan.FromDays(1), ["days"] = TimeSpan.FromDays(1),
        ["w"] = TimeSpan.FromDays(7), ["week"] = TimeSpan.FromDays(7), ["weeks"] = TimeSpan.FromDays(7),
        ["mo"] = TimeSpan.FromDays(30), ["month"] = TimeSpan.FromDays(30), ["months"] = TimeSpan.FromDays(30),
        ["y"] = TimeSpan.FromDays(365), ["yr"] = TimeSpan.FromDays(365), ["year"] = TimeSpan.FromDays(365), ["years"] = TimeSpan.FromDays(365),
    };

    /// <summary>Reads what concerns one schema object.</summary>
    public static IReadOnlyList<ServiceLevel> Read(Fields document, string name, List<ContractNote> notes)
    {
        var levels = new List<ServiceLevel>();
        foreach (Fields fields in document.Maps("slaProperties"))
        {
            // tab.column; before 3.1 a document could have a default element.
            string element = (fields.Plain("element") ?? document.Plain("slaDefaultElement") ?? "").Split('.')[0];
            if (!LongNames.TryGetValue(fields.Plain("property") ?? "", out string? property)
                || (element.Length > 0 && element != name && document.Maps("schema").Count > 1))
                continue;
            if (Span(fields) is { } span)
                levels.Add(new ServiceLevel(property, span, fields.Plain("driver") ?? ""));
            else
                notes.Add(new ContractNote(fields.Line, fields.Path, $"The {property} isn't watched: its value and unit aren't a span of time. Units are s, min, h, d, w, mo and y."));
        }

        return levels;
    }

    private static TimeSpan? Span(Fields fields)
    {
        string? value = fields.Plain("value");
        if (decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            && number is > 0 and < 1_000_000 && Units.TryGetValue(fields.Plain("unit") ?? "", out TimeSpan unit))
            return TimeSpan.FromTicks((long)(number * unit.Ticks));
        try
        {
            return value?.StartsWith('P') == true && XmlConvert.ToTimeSpan(value) is var span && span > TimeSpan.Zero ? span : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
