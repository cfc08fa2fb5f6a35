using System.Globalization;
using System.Text.Json;
using Penstock.Http.Problems;

namespace Penstock.Http.Bodies;

/// <summary>Reads the members of a JSON request and gathers everything that is wrong with them.</summary>
/// <param name="json">The body: an object.</param>
internal sealed class RequestObject(JsonElement json)
{
    private static readonly string[] InstantFormats =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    private readonly List<string> _known = [];

    /// <summary>What is wrong so far.</summary>
    public List<ProblemError> Errors { get; } = [];

    /// <summary>A text that must be there and not be empty; empty if it isn't.</summary>
    public string Text(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text)
            return text;
        return Wrong(name, $"'{name}' must be a text that isn't empty.", "");
    }

    /// <summary>An array of texts; none if it isn't there.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        return Wrong<IReadOnlyList<string>>(name, $"'{name}' must be an array of texts, or be left out.", []);
    }

    /// <summary>An instant that must be there.</summary>
    public DateTimeOffset Instant(string name)
    {
        // Without an offset nobody knows which instant is meant; of a date it is clear enough: UTC's midnight.
        if (Find(name) is { ValueKind: JsonValueKind.String } value
            && value.GetString() is { } text
            && HasOffset(text)
            && DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
            return at.ToUniversalTime();
        return Wrong(name, $"'{name}' must be a date (2026-01-31) or an instant with an offset (2026-01-31T12:00:00Z), as ISO 8601 text.", DateTimeOffset.MinValue);
    }

    /// <summary>Refuses members that nobody asked for: they are misspelt.</summary>
    public void RefuseOthers()
    {
        foreach (JsonProperty property in json.EnumerateObject().Where(property => !_known.Contains(property.Name)))
            Wrong(property.Name, $"'{property.Name}' isn't known here. Known are: {string.Join(", ", _known)}.", 0);
    }

    private static bool HasOffset(string text) => text.Length == 10 || text.EndsWith('Z') || (text.Length > 16 && text[^6] is '+' or '-');

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private T Wrong<T>(string name, string detail, T instead)
    {
        string pointer = $"#/{Uri.EscapeDataString(name.Replace("~", "~0").Replace("/", "~1"))}";
        Errors.Add(new ProblemError(detail) { Pointer = pointer });
        return instead;
    }
}
