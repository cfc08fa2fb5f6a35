using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Azure;
using Penstock.Azure.Secrets;
using Penstock.Functions.Hosting;
using Penstock.Pipelines.Ports;

namespace Penstock.Functions.Tests;

public sealed class SettingsTests
{
    // The host reads these itself.
    private static readonly string[] HostSettings = ["AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME"];

    [Fact]
    public void the_sample_has_every_setting_that_is_read_and_no_other()
    {
        var asked = new AskedSettings(LocalSettings.Sample());
        Settings.ReadAzure(asked);

        Assert.Equal(
            HostSettings.Concat(Bound()).Concat(asked.Names.Where(name => !name.Contains(':'))).Distinct().Order(StringComparer.Ordinal),
            LocalSettings.Values().Keys.Where(name => !IsSwitch(name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void the_sample_disables_only_functions_that_there_are() => Assert.All(
        LocalSettings.Values().Keys.Where(IsSwitch),
        name => Assert.Contains(name.Split('.')[1], TriggerSet.Functions.Select(TriggerSet.NameOf)));

    [Fact]
    public void the_sample_works_with_the_emulators()
    {
        AzureOptions azure = Settings.ReadAzure(LocalSettings.Sample());

        Assert.Equal("UseDevelopmentStorage=true", azure.StorageEmulator);
        Assert.Contains("localhost:8081", azure.CosmosEmulator, StringComparison.Ordinal);
        Assert.Null(azure.KeyVaultUri);
    }

    [Fact]
    public void telemetry_goes_where_the_hosts_goes_and_to_an_otlp_endpoint_if_one_is_named()
    {
        Assert.Null(Settings.ReadTelemetry(LocalSettings.Of(), new AzureOptions()).OtlpEndpoint);
        var telemetry = Settings.ReadTelemetry(
            LocalSettings.Of(("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=1"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")),
            new AzureOptions());
        Assert.Equal("InstrumentationKey=1", telemetry.ApplicationInsights);
        Assert.Equal((new Uri("http://collector:4317"), true), (telemetry.OtlpEndpoint!, telemetry.UsesGrpc));
    }

    [Theory]
    [InlineData("much")]
    [InlineData("-1")]
    public void an_instance_has_a_size(string text) => Assert.Contains(
        "INSTANCE__memoryMb", Assert.Throws<InvalidOperationException>(() => Settings.ReadInstanceSize(LocalSettings.Of(("INSTANCE:memoryMb", text)))).Message, StringComparison.Ordinal);

    [Fact]
    public void in_azure_connections_are_addresses_and_an_identity()
    {
        AzureOptions azure = Settings.ReadAzure(LocalSettings.Of(
            ("STORAGE:blobServiceUri", "https://a.blob.core.windows.net"), ("STORAGE:queueServiceUri", "https://a.queue.core.windows.net"),
            ("STORAGE:credential", "managedidentity"), ("STORAGE:clientId", "id"), ("COSMOS:accountEndpoint", "https://c.documents.azure.com"),
            ("KEYVAULT:vaultUri", "https://v.vault.azure.net")));

        Assert.Equal(new Uri("https://a.blob.core.windows.net"), azure.BlobServiceUri);
        Assert.Equal(new Uri("https://a.queue.core.windows.net"), azure.QueueServiceUri);
        Assert.Equal(new Uri("https://c.documents.azure.com"), azure.CosmosEndpoint);
        Assert.Equal(new Uri("https://v.vault.azure.net"), azure.KeyVaultUri);
        Assert.Equal("id", azure.ManagedIdentityClientId);
        Assert.Null(azure.StorageEmulator);
    }

    [Fact]
    public async Task secrets_are_settings_where_there_is_no_key_vault()
    {
        var secrets = new SettingsSecretStore(LocalSettings.Of(("SECRETS:orders-webhook", "s3cret"), ("SECRETS:empty", "")));

        Assert.Equal("s3cret", await secrets.FindAsync("orders-webhook"));
        Assert.Null(await secrets.FindAsync("empty"));
        Assert.Null(await secrets.FindAsync("other"));
    }

    [Theory]
    [InlineData("", typeof(SettingsSecretStore))]
    [InlineData("https://v.vault.azure.net", typeof(KeyVaultSecretStore))]
    public void the_key_vault_is_asked_where_there_is_one(string vault, Type expected)
    {
        IConfiguration settings = new ConfigurationBuilder()
            .AddConfiguration(LocalSettings.Sample()).AddConfiguration(LocalSettings.Of(("KEYVAULT:vaultUri", vault))).Build();
        using ServiceProvider services = new ServiceCollection().AddLogging().AddFunctionApp(settings).BuildServiceProvider();

        Assert.IsType(expected, services.GetRequiredService<ISecretStore>());
    }

    [Fact]
    public void a_key_for_a_real_account_is_refused() => Assert.Contains(
        "never by key",
        Assert.Throws<InvalidOperationException>(() => Settings.ReadAzure(LocalSettings.Of(
            ("STORAGE", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=b;EndpointSuffix=core.windows.net"),
            ("COSMOS:accountEndpoint", "https://c.documents.azure.com")))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void an_address_that_is_none_is_named_as_the_setting_is_written() => Assert.Contains(
        "STORAGE__blobServiceUri",
        Assert.Throws<InvalidOperationException>(() => Settings.ReadAzure(LocalSettings.Of(("STORAGE:blobServiceUri", "a")))).Message,
        StringComparison.Ordinal);

    private static bool IsSwitch(string name) => name.StartsWith("AzureWebJobs.", StringComparison.Ordinal);

    private static IEnumerable<string> Bound()
    {
        foreach (var method in TriggerSet.Functions)
        {
            if (TriggerSet.Find<QueueTriggerAttribute>(method) is { } queue)
                yield return queue.Connection!;
            if (TriggerSet.Find<EventHubTriggerAttribute>(method) is not { } hub)
                continue;
            yield return hub.Connection!;
            yield return hub.EventHubName.Trim('%');
            yield return hub.ConsumerGroup!.Trim('%');
        }
    }
}
