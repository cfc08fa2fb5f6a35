using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Penstock.Pipelines.Receiving;

/// <summary>
/// The context attributes of one CloudEvent (CloudEvents 1.0.2, 2. Notations and 3. Context attributes), as they came.
/// </summary>
internal sealed class CloudEventAttributes
{
    private readonly List<(string Name, string Json)> _attributes = [];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The media type of the data, or null.</summary>
    public string? DataContentType => _texts.GetValueOrDefault("datacontenttype");

    /// <summary>Adds an attribute whose value is a text.</summary>
    public void Add(string name, string text)
    {
        _texts[name] = text;
        AddJson(name, $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"");
    }

    /// <summary>Adds an attribute as JSON.</summary>
    /// <exception cref="JsonException">No CloudEvents attribute is named so.</exception>
    public void AddJson(string name, string json)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameLetters))
            throw new JsonException($"The CloudEvent has an attribute '{Shorten(name)}'. Attributes are named with lower-case letters and digits only.");
        _attributes.Add((name, json));
    }

    /// <summary>Writes the envelope of the event.</summary>
    /// <param name="transport">What the transport said.</param>
    /// <exception cref="JsonException">A required attribute is missing, or the version isn't 1.0.</exception>
    public EventEnvelope ToEnvelope(EventEnvelope transport)
    {
        foreach (string name in Required)
        {
            if (string.IsNullOrEmpty(_texts.GetValueOrDefault(name)))
                throw new JsonException($"The CloudEvent lacks the attribute '{name}', a text that isn't empty. Add it.");
        }

        if (_texts["specversion"] != "1.0")
            throw new JsonException($"The CloudEvent's specversion is '{Shorten(_texts["specversion"])}'. Send CloudEvents 1.0.");
        return EventEnvelope.Write(Write).Followed(transport);
    }

    private void Write(Utf8JsonWriter writer)
    {
        foreach ((string name, string json) in _attributes)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json);
        }
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static readonly string[] Required = ["specversion", "id", "source", "type"];
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
}
