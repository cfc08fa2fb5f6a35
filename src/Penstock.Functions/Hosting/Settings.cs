using System.Globalization;
using Microsoft.Extensions.Configuration;
using Penstock.Azure;
using Penstock.Azure.Telemetry;
using Penstock.Http.Commands;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Lineage;
using Penstock.Pipelines.Ports;

namespace Penstock.Functions.Hosting;

/// <summary>
/// The app's settings. <c>local.settings.sample.json</c> has them all. A connection is the connection string of an emulator, or
/// the prefix of what a managed identity needs, as the Functions host has it: <c>STORAGE__blobServiceUri</c>.
/// </summary>
public static class Settings
{
    /// <summary>The storage account of the data: <c>__blobServiceUri</c>, <c>__queueServiceUri</c>, <c>__credential</c>, <c>__clientId</c>.</summary>
    public const string Storage = "STORAGE";

    /// <summary>The Cosmos DB account of the curated records: <c>__accountEndpoint</c>.</summary>
    public const string Cosmos = "COSMOS";

    /// <summary>The key vault: <c>__vaultUri</c>. Nothing where there is none; then secrets are settings too (<see cref="SettingsSecretStore"/>).</summary>
    public const string KeyVault = "KEYVAULT";

    /// <summary>The Event Hubs namespace: <c>__fullyQualifiedNamespace</c>, <c>__credential</c>, <c>__clientId</c>.</summary>
    public const string EventHub = "EVENTHUB";

    /// <summary>The first Event Hub's name, as a trigger's attribute takes it from the settings.</summary>
    public const string EventHubName = "%EVENTHUB_NAME%";

    /// <summary>The second Event Hub's name.</summary>
    public const string EventHubName2 = "%EVENTHUB_NAME_2%";

    /// <summary>The third Event Hub's name.</summary>
    public const string EventHubName3 = "%EVENTHUB_NAME_3%";

    /// <summary>The fourth Event Hub's name.</summary>
    public const string EventHubName4 = "%EVENTHUB_NAME_4%";

    /// <summary>The consumer group that only this app reads with.</summary>
    public const string EventHubConsumerGroup = "%EVENTHUB_CONSUMER_GROUP%";

    /// <summary>Where the Azure services are.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing or wrong.</exception>
    internal static AzureOptions ReadAzure(IConfiguration settings) => new AzureOptions
    {
        StorageEmulator = Text(settings, Storage),
        BlobServiceUri = Address(settings, $"{Storage}:blobServiceUri"),
        QueueServiceUri = Address(settings, $"{Storage}:queueServiceUri"),
        ManagedIdentityClientId = Text(settings, $"{Storage}:clientId"),
        CosmosEmulator = Text(settings, Cosmos),
        CosmosEndpoint = Address(settings, $"{Cosmos}:accountEndpoint"),
        KeyVaultUri = Address(settings, $"{KeyVault}:vaultUri"),
    }.Validated();

    /// <summary>
    /// Where traces and metrics go: to Application Insights, as the host's own telemetry does, and to an OTLP endpoint where
    /// OpenTelemetry's own setting names one.
    /// </summary>
    /// <exception cref="InvalidOperationException">A setting is wrong.</exception>
    internal static TelemetryOptions ReadTelemetry(IConfiguration settings, AzureOptions azure) => new()
    {
        OtlpEndpoint = Address(settings, "OTEL_EXPORTER_OTLP_ENDPOINT"),
        UsesGrpc = Text(settings, "OTEL_EXPORTER_OTLP_PROTOCOL") == "grpc",
        ApplicationInsights = Text(settings, "APPLICATIONINSIGHTS_CONNECTION_STRING"),
        Identity = Text(settings, "APPLICATIONINSIGHTS_AUTHENTICATION_STRING") is null ? null : azure,
        Instance = Text(settings, "WEBSITE_INSTANCE_ID"),
    };

    /// <summary>How large an instance is, <c>INSTANCE__memoryMb</c>: what GB-seconds are counted by.</summary>
    /// <exception cref="InvalidOperationException">The setting is wrong.</exception>
    internal static InstanceSize ReadInstanceSize(IConfiguration settings)
    {
        if (Text(settings, InstanceMemory) is not { } text)
            return new InstanceSize();
        return int.TryParse(text, CultureInfo.InvariantCulture, out int megabytes) && megabytes is >= 256 and <= 65_536
            ? new InstanceSize(megabytes / 1024.0)
            : throw new InvalidOperationException($"The setting '{InstanceMemory.Replace(":", "__")}' must be a number of megabytes, such as 2048, not '{text}'.");
    }

    /// <summary>
    /// Where OpenLineage events go: to blobs, and to <c>OPENLINEAGE__url</c> with the key <c>OPENLINEAGE__apiKey</c>, which is
    /// <c>secret:NAME</c>; <c>OPENLINEAGE__namespace</c> is what the jobs' namespace is called.
    /// </summary>
    /// <exception cref="InvalidOperationException">A setting is wrong.</exception>
    internal static LineageOptions ReadLineage(IConfiguration settings, AzureOptions azure)
    {
        string? key = Text(settings, "OPENLINEAGE:apiKey");
        if (key is not null && !key.StartsWith("secret:", StringComparison.Ordinal))
            throw new InvalidOperationException("The setting 'OPENLINEAGE__apiKey' must be a reference to a secret, 'secret:NAME', never the key itself.");
        return new LineageOptions
        {
            Namespace = Text(settings, "OPENLINEAGE:namespace") ?? "penstock",
            Url = Address(settings, "OPENLINEAGE:url"),
            ApiKeySecret = key?["secret:".Length..],
            KeepsBlobs = Text(settings, "OPENLINEAGE:keepsBlobs") != "false",
            RawNamespace = azure.BlobServiceUri is { } blobs ? $"wasbs://{BlobAreas.Raw}@{blobs.Host}" : "penstock-raw",
            CuratedNamespace = azure.CosmosEndpoint is { } cosmos ? $"azurecosmos://{cosmos.Host}/dbs/{azure.CosmosDatabase}" : "penstock-curated",
        };
    }

    private const string InstanceMemory = "INSTANCE:memoryMb";

    /// <summary>How it is known who operates: App Service says with <c>WEBSITE_AUTH_ENABLED</c> that it authenticates.</summary>
    internal static OperatorOptions ReadOperators(IConfiguration settings) =>
        new(HasEntraHeaders: string.Equals(Text(settings, "WEBSITE_AUTH_ENABLED"), "true", StringComparison.OrdinalIgnoreCase));

    private static string? Text(IConfiguration settings, string name) => settings[name] is { Length: > 0 } text ? text : null;

    private static Uri? Address(IConfiguration settings, string name)
    {
        if (Text(settings, name) is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            ? address
            : throw new InvalidOperationException($"The setting '{name.Replace(":", "__")}' must be an absolute address, not '{text}'.");
    }
}
