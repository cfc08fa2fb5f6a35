using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Errors;

/// <summary>What a status means where the connector says nothing: the reference's default error mapping.</summary>
internal static class DefaultMapping
{
    /// <summary>The mapped resolution, or null for a status that has none.</summary>
    public static Resolution? Find(int status) => status switch
    {
        400 => Fail(SourceErrorKind.System, "Bad request. Check the request's parameters."),
        401 => Fail(SourceErrorKind.Config, "Unauthorized. Check the credential."),
        403 => Fail(SourceErrorKind.Config, "Forbidden. The credential may not access this resource."),
        404 => Fail(SourceErrorKind.System, "Not found. The source has no such resource."),
        405 => Fail(SourceErrorKind.System, "Method not allowed. Check the request's method."),
        408 => Retry("Request timeout."),
        429 => new(ResponseAction.RateLimited, SourceErrorKind.Transient, "Too many requests."),
        500 => Retry("Internal server error."),
        502 => Retry("Bad gateway."),
        503 => Retry("Service unavailable."),
        504 => Retry("Gateway timeout."),
        _ => null,
    };

    /// <summary>The resolution of a status that has none of its own: try again, as the reference does.</summary>
    public static Resolution Fallback(int status) => new(ResponseAction.Retry, SourceErrorKind.System, $"Unexpected status {status}.");

    private static Resolution Fail(SourceErrorKind kind, string message) => new(ResponseAction.Fail, kind, message);

    private static Resolution Retry(string message) => new(ResponseAction.Retry, SourceErrorKind.Transient, message);
}
