namespace Penstock.Azure.Telemetry;

/// <summary>Where traces and metrics go. Nowhere, if neither place is named.</summary>
public sealed record TelemetryOptions
{
    /// <summary>An OTLP endpoint without the signal's path, like <c>http://localhost:4318</c>; null for none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Whether the endpoint speaks gRPC (port 4317 by custom); default is HTTP with protobuf (port 4318).</summary>
    public bool UsesGrpc { get; init; }

    /// <summary>The connection string of Application Insights, which is an address and no secret; null for none.</summary>
    public string? ApplicationInsights { get; init; }

    /// <summary>The identity that proves who sends to Application Insights; null where it takes anything.</summary>
    public AzureOptions? Identity { get; init; }

    /// <summary>What the service is called; default <c>penstock</c>.</summary>
    public string ServiceName { get; init; } = "penstock";

    /// <summary>Names this instance.</summary>
    public string? Instance { get; init; }
}
