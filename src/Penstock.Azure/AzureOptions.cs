namespace Penstock.Azure;

/// <summary>
/// Where the Azure services are. In Azure: addresses, and a managed identity. On a developer's machine: connection strings of
/// emulators; keys for anything else are refused.
/// </summary>
public sealed record AzureOptions
{
    /// <summary>The blob service, like <c>https://account.blob.core.windows.net</c>.</summary>
    public Uri? BlobServiceUri { get; init; }

    /// <summary>The queue service, like <c>https://account.queue.core.windows.net</c>.</summary>
    public Uri? QueueServiceUri { get; init; }

    /// <summary>The Cosmos DB account, like <c>https://account.documents.azure.com</c>.</summary>
    public Uri? CosmosEndpoint { get; init; }

    /// <summary>The key vault, like <c>https://vault.vault.azure.net</c>; without it there are no secrets.</summary>
    public Uri? KeyVaultUri { get; init; }

    /// <summary>The client id of the user-assigned managed identity. Without it, whatever <c>DefaultAzureCredential</c> finds.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>Azurite's connection string, instead of the two storage addresses.</summary>
    public string? StorageEmulator { get; init; }

    /// <summary>The Cosmos DB emulator's connection string, instead of its address.</summary>
    public string? CosmosEmulator { get; init; }

    /// <summary>The Cosmos DB database. Default: <c>penstock</c>.</summary>
    public string CosmosDatabase { get; init; } = "penstock";

    /// <summary>The container of the curated records. Default: <c>curated</c>.</summary>
    public string CosmosContainer { get; init; } = "curated";

    /// <summary>How many records of a batch are written to Cosmos DB at a time, 1 to 256. Default: 16.</summary>
    public int CosmosParallelism { get; init; } = 16;

    /// <summary>How long a secret is kept before it is looked up again. Default: 5 minutes.</summary>
    public TimeSpan SecretLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gives the options if they make sense.</summary>
    /// <exception cref="InvalidOperationException">They don't; the message lists every problem.</exception>
    public AzureOptions Validated()
    {
        string[] problems = [.. Problems()];
        return problems.Length == 0 ? this : throw new InvalidOperationException("The Azure options are wrong. " + string.Join(' ', problems));
    }

    private IEnumerable<string> Problems()
    {
        if (StorageEmulator is null)
        {
            foreach (var (name, uri) in new[] { (nameof(BlobServiceUri), BlobServiceUri), (nameof(QueueServiceUri), QueueServiceUri) })
            {
                if (uri is null)
                    yield return $"{name} is missing.";
            }
        }
        else if (BlobServiceUri is not null || QueueServiceUri is not null)
            yield return $"{nameof(StorageEmulator)} is given beside {nameof(BlobServiceUri)} or {nameof(QueueServiceUri)}: leave one out.";
        else if (!EmulatorAddress.IsStorageEmulator(StorageEmulator))
            yield return $"{nameof(StorageEmulator)} is not an emulator on this machine: give {nameof(BlobServiceUri)} and {nameof(QueueServiceUri)} instead; access is by managed identity, never by key.";

        if (CosmosEmulator is null == CosmosEndpoint is null)
            yield return $"Give one of {nameof(CosmosEndpoint)} and {nameof(CosmosEmulator)}.";
        else if (CosmosEmulator is not null && !EmulatorAddress.IsCosmosEmulator(CosmosEmulator))
            yield return $"{nameof(CosmosEmulator)} is not an emulator on this machine: give {nameof(CosmosEndpoint)} instead; access is by managed identity, never by key.";

        foreach (var (name, uri) in new[] { (nameof(BlobServiceUri), BlobServiceUri), (nameof(QueueServiceUri), QueueServiceUri), (nameof(CosmosEndpoint), CosmosEndpoint), (nameof(KeyVaultUri), KeyVaultUri) })
        {
            if (uri is not null && (!uri.IsAbsoluteUri || uri.Scheme != Uri.UriSchemeHttps))
                yield return $"{name} must be an absolute https address, not '{uri}'.";
        }

        if (CosmosParallelism is < 1 or > 256)
            yield return $"{nameof(CosmosParallelism)} is {CosmosParallelism}; it must be from 1 to 256.";
        if (SecretLifetime < TimeSpan.Zero || SecretLifetime > TimeSpan.FromDays(1))
            yield return $"{nameof(SecretLifetime)} is {SecretLifetime}; it must be from zero to a day.";
        if (string.IsNullOrWhiteSpace(CosmosDatabase) || string.IsNullOrWhiteSpace(CosmosContainer))
            yield return $"{nameof(CosmosDatabase)} and {nameof(CosmosContainer)} need names.";
    }
}
