using System.Globalization;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Authentication;

/// <summary>Finds a field wherever a token endpoint puts it, some levels deep.</summary>
internal static class TokenResponse
{
    private const int DeepestLevel = 5;

    public static Value Find(Value response, string name, int level = 0)
    {
        if (level > DeepestLevel)
        {
            return Value.None;
        }

        if (response.AsDict is { } dict)
        {
            return dict.TryGet(name, out var found) ? found : First(dict.Entries.Values, name, level);
        }

        return response.AsList is { } list ? First(list.Elements, name, level) : Value.None;
    }

    private static Value First(IEnumerable<Value> values, string name, int level) =>
        values.Select(value => Find(value, name, level + 1)).FirstOrDefault(found => !found.IsNone);
}

/// <summary>A date as configs and token endpoints write it: epoch seconds or ISO 8601.</summary>
internal static class ExpiryDate
{
    public static DateTimeOffset? Read(string? text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1e11)
        {
            return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
    }
}
