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

    /// <summary>The body.</summary>
    public JsonElement Json => json;

    /// <summary>The body as it was sent.</summary>
    public string Text() => json.GetRawText();

    /// <summary>Whether there was nothing in it.</summary>
    public bool IsEmpty => !json.EnumerateObject().Any();

    /// <summary>A member as it is; null if it isn't there.</summary>
    public JsonElement? Any(string name) => Find(name);

    /// <summary>A text; null if it isn't there.</summary>
    public string? OptionalText(string name, int maxLength)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length <= maxLength
            ? text
            : Wrong<string?>(name, $"'{name}' must be a text of at most {maxLength} characters, or be left out.", null);
    }

    /// <summary>A text that is one of some; a default if it isn't there.</summary>
    public string OneOf(string name, string instead, IReadOnlyList<string> values)
    {
        if (Find(name) is not { } value)
            return instead;
        return value.ValueKind == JsonValueKind.String && values.Contains(value.GetString()!)
            ? value.GetString()!
            : Wrong(name, $"'{name}' must be one of {string.Join(", ", values)}, or be left out.", instead);
    }

    /// <summary>A whole number within limits; a default if it isn't there.</summary>
    public int Number(string name, int instead, int least, int most)
    {
        if (Find(name) is not { } value)
            return instead;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : Wrong(name, $"'{name}' must be a whole number from {least} to {most}, or be left out.", instead);
    }

    /// <summary>True or false; false if it isn't there.</summary>
    public bool Flag(string name)
    {
        if (Find(name) is not { } value)
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Wrong(name, $"'{name}' must be true or false, or be left out.", false);
    }

    /// <summary>An instant; null if it isn't there.</summary>
    public DateTimeOffset? OptionalInstant(string name) => Find(name) is null ? null : Instant(name);

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

    /// <summary>Notes what is wrong with a member.</summary>
    public void Refuse(string name, string detail) => Wrong(name, detail, 0);

    /// <summary>Refuses members that nobody asked for: they are misspelt.</summary>
    public void RefuseOthers()
    {
        foreach (JsonProperty property in json.EnumerateObject().Where(property => !_known.Contains(property.Name)))
            Wrong(property.Name, $"'{property.Name}' isn't known here. Known are: {string.Join(", ", _known)}.", 0);
    }

    /// <summary>Refuses members that nobody asked for; gives everything that is wrong as a problem, or null.</summary>
    public ProblemResult? Refusal()
    {
        RefuseOthers();
        return Errors.Count == 0 ? null : new ProblemResult(ProblemTypes.Invalid.With("Mend what 'errors' names, and send it again.") with { Errors = Errors });
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
