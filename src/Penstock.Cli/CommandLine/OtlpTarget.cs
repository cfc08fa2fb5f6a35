using System.CommandLine;

namespace Penstock.Cli.CommandLine;

/// <summary>Where telemetry goes, by option or by OpenTelemetry's own environment variables.</summary>
internal static class OtlpTarget
{
    /// <summary>Whether <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> says gRPC; HTTP with protobuf otherwise.</summary>
    public static bool UsesGrpc => Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL") == "grpc";

    public static Option<Uri?> Option() => new("--otlp")
    {
        Description = "Send traces, metrics and logs to this OTLP endpoint (HTTP, protobuf). [default: $OTEL_EXPORTER_OTLP_ENDPOINT, else nowhere]",
        HelpName = "URL",
        CustomParser = Parsed.One(Read, "an address", "for example http://localhost:4318"),
    };

    /// <summary>The option's value, else the environment's; null for nowhere.</summary>
    public static Uri? Of(Uri? option) => option ?? (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 } text ? Read(text) : null);

    /// <summary>An address; null if it is none.</summary>
    public static Uri? Read(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" ? url : null;
}
