using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Http.Ingest;

/// <summary>How a webhook's body is written, as its headers say.</summary>
internal abstract record WebhookFormat
{
    /// <summary>Reads the body.</summary>
    public abstract EventReading Read(HttpRequest request, ReadOnlySpan<byte> body);

    /// <summary>Where in a trace the event in it was sent; null if that isn't said, or it holds several.</summary>
    public virtual TraceContext? Origin(HttpRequest request, ReadOnlySpan<byte> body) => null;

    /// <summary>Finds the format; null if it isn't one that is taken.</summary>
    public static WebhookFormat? Of(HttpRequest request)
    {
        string? contentType = request.ContentType;
        if (!MediaTypes.IsUtf8(contentType))
            return null;
        return MediaTypes.Of(contentType) switch
        {
            CloudEventBody.MediaType => new Structured(),
            CloudEventBody.BatchMediaType => new Batch(),
            _ when CloudEventHeaders.IsPresent(request.Headers) => MediaTypes.IsJson(contentType) || string.IsNullOrEmpty(contentType) ? new Binary() : null,
            _ when MediaTypes.IsJsonLines(contentType) => new Lines(),
            _ when MediaTypes.IsJson(contentType) => new Json(),
            _ => null,
        };
    }

    /// <summary>What to answer if the format isn't taken.</summary>
    public static Problem Refuse(string? contentType) => ProblemTypes.WrongContentType
        .With($"The Content-Type '{contentType}' isn't taken here. Send 'application/json' (an object or an array), 'application/x-ndjson', "
            + "'application/cloudevents+json' or 'application/cloudevents-batch+json', in UTF-8.")
        .With("Accept", "application/json, application/x-ndjson, application/cloudevents+json, application/cloudevents-batch+json");

    private sealed record Structured : WebhookFormat
    {
        public override EventReading Read(HttpRequest request, ReadOnlySpan<byte> body) => CloudEventBody.Read(body, EventEnvelope.Empty);

        public override TraceContext? Origin(HttpRequest request, ReadOnlySpan<byte> body) => EventOrigin.OfBody(body);
    }

    private sealed record Batch : WebhookFormat
    {
        public override EventReading Read(HttpRequest request, ReadOnlySpan<byte> body) => CloudEventBody.ReadBatch(body, EventEnvelope.Empty);
    }

    private sealed record Binary : WebhookFormat
    {
        public override EventReading Read(HttpRequest request, ReadOnlySpan<byte> body) =>
            CloudEventBinary.Read(CloudEventHeaders.Read(request.Headers), request.ContentType, body, EventEnvelope.Empty);

        public override TraceContext? Origin(HttpRequest request, ReadOnlySpan<byte> body) => EventOrigin.Of(CloudEventHeaders.Read(request.Headers));
    }

    private sealed record Lines : WebhookFormat
    {
        public override EventReading Read(HttpRequest request, ReadOnlySpan<byte> body) => JsonBody.ReadLines(body, DeliveryHeaders.Read(request.Headers));
    }

    private sealed record Json : WebhookFormat
    {
        public override EventReading Read(HttpRequest request, ReadOnlySpan<byte> body) => JsonBody.Read(body, DeliveryHeaders.Read(request.Headers));
    }
}
