using System.Globalization;
using System.Text.RegularExpressions;

namespace Penstock.Infra.Settings;

/// <summary>Reads values by key, notes what is wrong with them, and knows which keys were asked for.</summary>
internal sealed class SettingsFields(IReadOnlyDictionary<string, string> values)
{
    private readonly HashSet<string> _known = [];

    public List<SettingsProblem> Problems { get; } = [];

    public string Text(string key, string? otherwise, string pattern, string allowed)
    {
        if (Find(key) is not { } value)
            return otherwise ?? Wrong(key, null, allowed, "");
        return Regex.IsMatch(value, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) ? value : Wrong(key, value, allowed, "");
    }

    public string OneOf(string key, string? otherwise, params string[] choices) =>
        Text(key, otherwise, $"^({string.Join('|', choices)})$", $"Write {string.Join(" or ", choices)}.");

    public int Whole(string key, int otherwise, int min, int max, int step = 1)
    {
        string allowed = $"Write a whole number from {min} to {max}{(step > 1 ? $", in steps of {step}" : "")}.";
        if (Find(key) is not { } value)
            return otherwise;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max && number % step == 0
            ? number : Wrong(key, value, allowed, otherwise);
    }

    public int OneOf(string key, int otherwise, params int[] choices)
    {
        if (Find(key) is not { } value)
            return otherwise;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && choices.Contains(number)
            ? number : Wrong(key, value, $"Write {string.Join(" or ", choices)}.", otherwise);
    }

    public bool Boolean(string key, bool otherwise) => Find(key) switch
    {
        null => otherwise,
        "true" => true,
        "false" => false,
        var value => Wrong(key, value, "Write true or false.", otherwise),
    };

    public DateOnly FirstOfMonth(string key)
    {
        const string Allowed = "Write the first day of a month, like 2026-12-01; Azure makes no budget for a month that is over.";
        string? value = Find(key);
        return DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day.Day == 1
            ? day : Wrong(key, value, Allowed, default(DateOnly));
    }

    /// <summary>Reads a list whose items are separated by commas.</summary>
    public IReadOnlyList<T> List<T>(string key, bool required, Func<string, T?> read, string allowed)
        where T : notnull
    {
        string[] items = Find(key)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (items.Length == 0 && required)
            Problems.Add(new(key, Find(key), allowed));
        var list = new List<T>();
        foreach (string item in items)
        {
            if (read(item) is { } one && !one.Equals(default(T)))
                list.Add(one);
            else
                Problems.Add(new(key, item, allowed));
        }

        return list;
    }

    public void Require(bool holds, string key, string allowed)
    {
        if (!holds)
            Problems.Add(new(key, Find(key), allowed));
    }

    /// <summary>Notes every key that nothing asked for: a misspelt key would otherwise be a default in silence.</summary>
    public void RejectOthers()
    {
        foreach (string key in values.Keys.Where(key => !_known.Contains(key)).Order(StringComparer.Ordinal))
            Problems.Add(new(key, values[key], $"There is no such setting. There are: {string.Join(", ", _known.Order(StringComparer.Ordinal))}."));
    }

    private string? Find(string key)
    {
        _known.Add(key);
        return values.TryGetValue(key, out string? value) ? value : null;
    }

    private T Wrong<T>(string key, string? value, string allowed, T otherwise)
    {
        Problems.Add(new(key, value, allowed));
        return otherwise;
    }
}
