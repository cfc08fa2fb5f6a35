using System.Globalization;

namespace Penstock.Simulator;

/// <summary>Reads one parameter into a query; the result is what is wrong with it, in the service's words, or null.</summary>
internal delegate string? Parameter(EarthquakeQuery query, string name, string value);

/// <summary>The kinds of parameters.</summary>
internal static class Parameters
{
    public static Parameter Time(Action<EarthquakeQuery, long> set) => (query, name, value) =>
    {
        if (!Moment.TryParseIso(value, out var time)) return $"Bad {name} value \"{value}\". Valid values are ISO-8601 timestamps.";
        // The service cuts a time down to whole seconds before it compares.
        set(query, time.ToUnixTimeSeconds() * 1000);
        return null;
    };

    public static Parameter Float(Action<EarthquakeQuery, double> set, double? min = null, double? max = null) => (query, name, value) =>
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number) || number < min || number > max)
            return $"Bad {name} value \"{value}\". Valid values are {Range(name, min, max, "numeric")}";
        set(query, number);
        return null;
    };

    public static Parameter Integer(Action<EarthquakeQuery, int> set, int min, int? max = null) => (query, name, value) =>
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < min || number > max)
            return $"Bad {name} value \"{value}\". Valid values are {Range(name, min, max, "integers")}";
        set(query, number);
        return null;
    };

    public static Parameter OneOf(Action<EarthquakeQuery, string> set, IReadOnlyList<string> allowed) => (query, name, value) =>
    {
        if (!allowed.Contains(value, StringComparer.Ordinal))
            return $"Bad {name} value \"{value}\". Valid values are: \"{string.Join("\", \"", allowed)}\".";
        set(query, value);
        return null;
    };

    public static Parameter Text(Action<EarthquakeQuery, string> set) => (query, _, value) =>
    {
        set(query, value);
        return null;
    };

    public static Parameter AtLeast(Func<Earthquake, double?> of, double? min = null, double? max = null) =>
        Float((query, value) => query.Filters.Add(candidate => of(candidate) >= value), min, max);

    public static Parameter AtMost(Func<Earthquake, double?> of, double? min = null, double? max = null) =>
        Float((query, value) => query.Filters.Add(candidate => of(candidate) <= value), min, max);

    private static string Range(string name, double? min, double? max, string any) =>
        min is null && max is null ? any : (min is null ? "" : $"{min} <= ") + name + (max is null ? "" : $" <= {max}");
}
