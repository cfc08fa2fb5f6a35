using System.Text.Json;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Receiving;

/// <summary>
/// Where in a trace an event was sent: CloudEvents' distributed tracing extension (<c>traceparent</c>, <c>tracestate</c>), or what
/// the Azure SDKs write into an event's properties (<c>traceparent</c>, formerly <c>Diagnostic-Id</c>). What can't be read is no
/// origin: a trace is never worth losing an event.
/// </summary>
public static class EventOrigin
{
    private const string Parent = "traceparent";
    private const string State = "tracestate";

    /// <summary>The origin of an event of Event Hubs; null if it doesn't say.</summary>
    public static TraceContext? Of(HubEvent hubEvent)
    {
        // The extension says where the event came to be, the SDK's own property who sent it last: the former goes farther back.
        string? parent = null;
        string? state = null;
        foreach ((string name, object? value) in hubEvent.Properties)
        {
            if (CloudEventBinary.AttributeOf(name) is { } attribute)
                (parent, state) = (attribute == Parent ? value as string : parent, attribute == State ? value as string : state);
        }

        return TraceContext.Parse(parent, state)
            ?? (MediaTypes.Of(hubEvent.ContentType) == CloudEventBody.MediaType ? OfBody(hubEvent.Body.Span) : null)
            ?? TraceContext.Parse(Text(hubEvent, Parent), Text(hubEvent, State))
            ?? TraceContext.Parse(Text(hubEvent, "Diagnostic-Id"));
    }

    /// <summary>The origin of a CloudEvent in binary mode; null if it doesn't say.</summary>
    /// <param name="attributes">The attributes, without their prefixes.</param>
    public static TraceContext? Of(IEnumerable<KeyValuePair<string, string>> attributes)
    {
        var texts = attributes.Where(attribute => attribute.Key is Parent or State).ToDictionary(StringComparer.Ordinal);
        return TraceContext.Parse(texts.GetValueOrDefault(Parent), texts.GetValueOrDefault(State));
    }

    /// <summary>The origin of a structured CloudEvent; null if it doesn't say, or isn't one.</summary>
    /// <param name="json">The event, UTF-8.</param>
    public static TraceContext? OfBody(ReadOnlySpan<byte> json)
    {
        string? parent = null;
        string? state = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isParent = reader.ValueTextEquals(Parent);
                bool isState = reader.ValueTextEquals(State);
                reader.Read();
                if (isParent && reader.TokenType == JsonTokenType.String)
                    parent = reader.GetString();
                else if (isState && reader.TokenType == JsonTokenType.String)
                    state = reader.GetString();
                else
                    reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return TraceContext.Parse(parent, state);
    }

    private static string? Text(HubEvent hubEvent, string name) => hubEvent.Properties.GetValueOrDefault(name) as string;
}
