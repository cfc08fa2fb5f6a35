using System.Globalization;

namespace Penstock.Connectors.Budgets;

/// <summary>
/// One member of a RateLimit or RateLimit-Policy header (IETF draft-ietf-httpapi-ratelimit-headers, a list of RFC 9651):
/// a name and its parameters, for example <c>"default";r=50;t=30</c>; or an older draft's <c>limit=100, remaining=50, reset=5</c>.
/// </summary>
internal sealed record StructuredField(string Name, IReadOnlyDictionary<string, string> Parameters)
{
    public static IReadOnlyList<StructuredField> ParseList(string? header)
    {
        var members = new List<StructuredField>();
        foreach (var member in Split(header ?? "", ','))
        {
            var parts = Split(member, ';');
            if (parts.Count == 0)
            {
                continue;
            }

            var parameters = new Dictionary<string, string>();
            foreach (var parameter in parts.Skip(1))
            {
                var (key, value) = Cut(parameter);
                parameters[key.ToLowerInvariant()] = value;
            }

            members.Add(new StructuredField(parts[0], parameters));
        }

        return members;
    }

    /// <summary>The members read as one dictionary of <c>key=value</c>, as the older drafts write it.</summary>
    public static IReadOnlyDictionary<string, string> ParseDictionary(string? header)
    {
        var entries = new Dictionary<string, string>();
        foreach (var member in Split(header ?? "", ','))
        {
            var (key, value) = Cut(member);
            entries[key.ToLowerInvariant()] = value;
        }

        return entries;
    }

    public int? Integer(string parameter) => Parameters.TryGetValue(parameter, out var text) ? ToInteger(text) : null;

    public static int? ToInteger(string? text) =>
        double.TryParse(text?.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue ? (int)number : null;

    private static (string Key, string Value) Cut(string text)
    {
        var equals = text.IndexOf('=');
        return equals < 0 ? (text.Trim(), "") : (text[..equals].Trim(), text[(equals + 1)..].Trim(' ', '"'));
    }

    /// <summary>Splits outside of quotes; parts are trimmed, and the quotes around a whole part are taken off.</summary>
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        var quoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == separator && !quoted))
            {
                var part = text[start..i].Trim();
                if (part.Length > 0)
                {
                    parts.Add(part.Length > 1 && part[0] == '"' && part.IndexOf('"', 1) == part.Length - 1 ? part[1..^1] : part);
                }

                start = i + 1;
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
        }

        return parts;
    }
}
