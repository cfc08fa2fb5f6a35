using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Azure.Telemetry;

/// <summary>Sends traces and metrics to where they are looked at: any OTLP endpoint, Application Insights, or both.</summary>
public static class TelemetryExport
{
    /// <summary>
    /// Adds the export; nothing where <paramref name="options"/> name no place. What OpenTelemetry's own environment variables
    /// say counts too: <c>OTEL_SERVICE_NAME</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>, <c>OTEL_TRACES_SAMPLER</c>,
    /// <c>OTEL_EXPORTER_OTLP_HEADERS</c> and the rest.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Where to.</param>
    public static IServiceCollection AddTelemetryExport(this IServiceCollection services, TelemetryOptions options)
    {
        if (options.OtlpEndpoint is null && options.ApplicationInsights is null)
            return services;
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(options.ServiceName, serviceVersion: Version, serviceInstanceId: options.Instance).AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing
                .AddSource(TelemetryNames.Source)
                .AddAspNetCoreInstrumentation(http => http.Filter = context => !context.Request.Path.StartsWithSegments("/health")))
            .WithMetrics(metrics => metrics.AddMeter(TelemetryNames.Source).AddRuntimeInstrumentation());
        if (options.OtlpEndpoint is { } otlp)
            telemetry.UseOtlpExporter(options.UsesGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf, otlp);
        if (options.ApplicationInsights is { } insights)
            AddApplicationInsights(telemetry, insights, options.Identity is { } identity ? AzureClients.Credential(identity) : null);
        return services;
    }

    private static readonly string Version = typeof(TelemetryExport).Assembly.GetName().Version!.ToString(3);

    // Logs go to Application Insights through the Functions host, which has them anyway: sent from here too, each would be paid for twice.
    private static void AddApplicationInsights(OpenTelemetryBuilder telemetry, string connection, TokenCredential? credential)
    {
        void Configure(AzureMonitorExporterOptions exporter)
        {
            exporter.ConnectionString = connection;
            exporter.Credential = credential;
            exporter.DisableOfflineStorage = true;
        }

        telemetry
            .WithTracing(tracing => tracing.AddAzureMonitorTraceExporter(Configure))
            .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(Configure));
    }
}
