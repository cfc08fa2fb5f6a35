using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Azure.Secrets;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure.Tests;

public class AzureOptionsTests
{
    private const string Key = "c2VjcmV0LWtleQ==";

    private static AzureOptions InAzure => new()
    {
        BlobServiceUri = new Uri("https://st.blob.core.windows.net"),
        QueueServiceUri = new Uri("https://st.queue.core.windows.net"),
        CosmosEndpoint = new Uri("https://cosmos.documents.azure.com"),
        KeyVaultUri = new Uri("https://kv.vault.azure.net"),
        ManagedIdentityClientId = "11111111-1111-1111-1111-111111111111",
    };

    private static AzureOptions OnEmulators => new()
    {
        StorageEmulator = $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey={Key};BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://localhost:2/a",
        CosmosEmulator = $"AccountEndpoint=https://localhost:3/;AccountKey={Key}",
    };

    public static TheoryData<AzureOptions, string> Wrong => new()
    {
        { new AzureOptions(), "BlobServiceUri is missing. QueueServiceUri is missing. Give one of CosmosEndpoint and CosmosEmulator." },
        { InAzure with { QueueServiceUri = null }, "QueueServiceUri is missing." },
        { InAzure with { StorageEmulator = "UseDevelopmentStorage=true" }, "StorageEmulator is given beside" },
        { OnEmulators with { StorageEmulator = $"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={Key};EndpointSuffix=core.windows.net" }, "StorageEmulator is not an emulator on this machine" },
        { OnEmulators with { StorageEmulator = $"AccountName=a;AccountKey={Key};BlobEndpoint=http://127.0.0.1/a;QueueEndpoint=https://a.queue.core.windows.net" }, "StorageEmulator is not an emulator" },
        { OnEmulators with { StorageEmulator = "not a connection string" }, "StorageEmulator is not an emulator" },
        { OnEmulators with { CosmosEmulator = $"AccountEndpoint=https://cosmos.documents.azure.com;AccountKey={Key}" }, "CosmosEmulator is not an emulator on this machine" },
        { InAzure with { CosmosEmulator = OnEmulators.CosmosEmulator }, "Give one of CosmosEndpoint and CosmosEmulator." },
        { InAzure with { KeyVaultUri = new Uri("http://kv.vault.azure.net") }, "KeyVaultUri must be an absolute https address" },
        { InAzure with { CosmosParallelism = 0 }, "CosmosParallelism is 0; it must be from 1 to 256." },
        { InAzure with { SecretLifetime = TimeSpan.FromDays(2) }, "SecretLifetime is 2.00:00:00" },
        { InAzure with { CosmosContainer = " " }, "CosmosDatabase and CosmosContainer need names." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void wrong_options_are_told_without_a_key(AzureOptions options, string expected)
    {
        string message = Assert.Throws<InvalidOperationException>(options.Validated).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, message, StringComparison.Ordinal);
    }

    [Fact]
    public void right_options_are_right()
    {
        Assert.Equal(InAzure, InAzure.Validated());
        Assert.Equal(OnEmulators, OnEmulators.Validated());
        Assert.NotNull((OnEmulators with { StorageEmulator = "UseDevelopmentStorage=true" }).Validated());
    }

    [Fact]
    public async Task in_azure_every_service_is_reached_at_its_address_and_without_a_key()
    {
        await using ServiceProvider services = new ServiceCollection().AddPenstockAzure(InAzure).BuildServiceProvider(validateScopes: true);
        Assert.Equal(InAzure.BlobServiceUri, services.GetRequiredService<BlobServiceClient>().Uri);
        Assert.False(services.GetRequiredService<BlobServiceClient>().CanGenerateAccountSasUri);
        Assert.Equal(InAzure.QueueServiceUri, services.GetRequiredService<QueueServiceClient>().Uri);
        Assert.Equal(InAzure.CosmosEndpoint, services.GetRequiredService<CosmosClient>().Endpoint);
        Assert.IsType<KeyVaultSecretStore>(services.GetRequiredService<ISecretStore>());
        foreach (Type port in (Type[])[typeof(IBlobStore), typeof(IWorkQueue), typeof(IWorkReceiver), typeof(ICuratedStore), typeof(IIdSource), typeof(TimeProvider)])
            Assert.NotNull(services.GetService(port));
    }
}
