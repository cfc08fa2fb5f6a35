using System.Diagnostics;

namespace Penstock.Connectors.Http;

/// <summary>
/// A span for a call to a source, named and tagged as OpenTelemetry's semantic conventions have it for HTTP clients (stable).
/// The query stays out of it, for it may hold keys and personal data; so do headers and bodies. Nothing is sent to the source.
/// </summary>
internal static class CallSpan
{
    // The same name as the stages' source: whoever listens to Penstock hears all of it.
    private static readonly ActivitySource Source = new("Penstock");

    /// <summary>Begins a call; null if nobody listens.</summary>
    public static Activity? Start(HttpCall call) => Source.HasListeners()
        ? Source.StartActivity($"{call.Method} {call.Url.Host}", ActivityKind.Client)
            ?.SetTag("http.request.method", call.Method)
            .SetTag("server.address", call.Url.Host)
            .SetTag("server.port", call.Url.Port)
            .SetTag("url.full", SafeUrl.Of(call.Url))
        : null;

    /// <summary>Notes what became of it.</summary>
    public static void End(Activity? span, TransportResult result)
    {
        if (span is null)
            return;
        if (result is not Answered { Answer: var answer })
        {
            string type = result is Refused ? "refused" : "unreached";
            span.SetTag("error.type", type).SetStatus(ActivityStatusCode.Error);
            return;
        }

        span.SetTag("http.response.status_code", answer.Status);
        if (answer.Status >= 400)
            span.SetTag("error.type", answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)).SetStatus(ActivityStatusCode.Error);
    }
}
