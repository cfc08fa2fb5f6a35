using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Cosmos;
using Penstock.Azure.Curated;

namespace Penstock.Azure;

/// <summary>Makes the SDKs' clients. Each waits for a throttling service as it is told to, and gives up after minutes.</summary>
internal static class AzureClients
{
    private const int Retries = 6;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(60);

    public static TokenCredential Credential(AzureOptions options) => new DefaultAzureCredential(new DefaultAzureCredentialOptions
    {
        ManagedIdentityClientId = options.ManagedIdentityClientId,
        ExcludeInteractiveBrowserCredential = true,
    });

    public static BlobServiceClient Blobs(AzureOptions options, TokenCredential credential)
    {
        var client = new BlobClientOptions();
        Retry(client.Retry);
        return options.StorageEmulator is { } emulator
            ? new BlobServiceClient(emulator, client)
            : new BlobServiceClient(options.BlobServiceUri, credential, client);
    }

    public static QueueServiceClient Queues(AzureOptions options, TokenCredential credential)
    {
        var client = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        Retry(client.Retry);
        return options.StorageEmulator is { } emulator
            ? new QueueServiceClient(emulator, client)
            : new QueueServiceClient(options.QueueServiceUri, credential, client);
    }

    public static SecretClient Secrets(Uri vault, TokenCredential credential)
    {
        var client = new SecretClientOptions();
        Retry(client.Retry);
        return new SecretClient(vault, credential, client);
    }

    public static CosmosClient Cosmos(AzureOptions options, TokenCredential credential) => options.CosmosEmulator is { } emulator
        ? new CosmosClient(emulator, CosmosEmulatorOptions())
        : new CosmosClient(options.CosmosEndpoint!.AbsoluteUri, credential, CosmosOptions());

    /// <summary>For an emulator, which <see cref="AzureOptions"/> has seen to be on this machine: its certificate is self-signed.</summary>
    public static CosmosClientOptions CosmosEmulatorOptions()
    {
        CosmosClientOptions options = CosmosOptions();
        options.LimitToEndpoint = true;
        options.ServerCertificateCustomValidationCallback = (_, _, _) => true;
        options.CustomHandlers.Add(new CosmosEmulatorHandler());
        return options;
    }

    private static CosmosClientOptions CosmosOptions() => new()
    {
        ApplicationName = "Penstock",
        // What is tested is what is deployed: the emulator knows no other mode, and one address is simpler behind a private endpoint.
        ConnectionMode = ConnectionMode.Gateway,
        MaxRetryAttemptsOnRateLimitedRequests = 100,
        MaxRetryWaitTimeOnRateLimitedRequests = s_longestWait,
    };

    private static void Retry(RetryOptions retry)
    {
        retry.Mode = RetryMode.Exponential;
        retry.MaxRetries = Retries;
        retry.MaxDelay = s_longestWait;
    }
}
