using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Penstock.Cli.Tracing;

/// <summary>A span as it is kept locally: a line of JSON each.</summary>
internal sealed record RecordedSpan
{
    public required string Trace { get; init; }

    public required string Span { get; init; }

    /// <summary>Null for a root.</summary>
    public string? Parent { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required double Milliseconds { get; init; }

    /// <summary>Why it failed; null if it didn't.</summary>
    public string? Error { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>What happened meanwhile.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Spans of other traces that it has to do with: <c>trace/span</c>.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    [JsonIgnore]
    public DateTimeOffset End => Start.AddMilliseconds(Milliseconds);

    public static RecordedSpan Of(Activity span) => new()
    {
        Trace = span.TraceId.ToHexString(),
        Span = span.SpanId.ToHexString(),
        Parent = span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString(),
        Name = span.DisplayName,
        Kind = span.Kind.ToString().ToLowerInvariant(),
        Start = new DateTimeOffset(span.StartTimeUtc),
        Milliseconds = Math.Round(span.Duration.TotalMilliseconds, 3),
        Error = span.Status == ActivityStatusCode.Error ? span.StatusDescription ?? span.GetTagItem("error.type")?.ToString() ?? "failed" : null,
        Attributes = span.TagObjects.Where(tag => tag.Value is not null).ToDictionary(tag => tag.Key, tag => Convert.ToString(tag.Value, CultureInfo.InvariantCulture)!),
        Events = [.. span.Events.Select(one => one.Name)],
        Links = [.. span.Links.Select(link => $"{link.Context.TraceId.ToHexString()}/{link.Context.SpanId.ToHexString()}")],
    };

    public string? Get(string attribute) => Attributes.GetValueOrDefault(attribute);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecordedSpan))]
internal sealed partial class SpanJson : JsonSerializerContext;
