using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Penstock.Connectors.Recording;

/// <summary>One call and its answer, as a file of a recording has them. Nothing in it is secret.</summary>
internal sealed record Exchange
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The whole address.</summary>
    public required string Url { get; init; }

    /// <summary>The body that was sent, as text; null for none.</summary>
    public string? Sent { get; init; }

    /// <summary>The status.</summary>
    public required int Status { get; init; }

    /// <summary>The answer's headers.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The answer's body, if it is text.</summary>
    public string? Text { get; init; }

    /// <summary>The answer's body, if it isn't text.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>What tells calls apart.</summary>
    [JsonIgnore]
    public (string Method, string Url, string Sent) Call => (Method, Url, Sent ?? "");
}

/// <summary>What a recording says of itself.</summary>
/// <param name="Now">What counted as now: with another now a connector would ask for other windows.</param>
internal sealed record RecordingAbout(DateTimeOffset Now);

[JsonSerializable(typeof(Exchange))]
[JsonSerializable(typeof(RecordingAbout))]
internal sealed partial class RecordingJson : JsonSerializerContext
{
    /// <summary>For people to read: only what JSON itself must escape is escaped.</summary>
    public static RecordingJson Readable { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
