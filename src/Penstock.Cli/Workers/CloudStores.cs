using System.CommandLine;
using Penstock.Azure;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Workers;

/// <summary>The options that say where Azure's services, or their emulators, are.</summary>
internal sealed class CloudStores
{
    private readonly Option<string?> _storage = new("--storage") { Description = "Azurite's connection string, as 'penstock up --azurite' prints it.", HelpName = "CONN" };
    private readonly Option<string?> _cosmos = new("--cosmos") { Description = "The Cosmos DB emulator's connection string, or an account's address.", HelpName = "CONN|URL" };
    private readonly Option<Uri?> _blobs = Address("--blobs", "The blob service, https://ACCOUNT.blob.core.windows.net.");
    private readonly Option<Uri?> _queues = Address("--queues", "The queue service, https://ACCOUNT.queue.core.windows.net.");
    private readonly Option<Uri?> _vault = Address("--vault", "The key vault; without it secrets are environment variables and --secrets.");

    /// <summary>Every option.</summary>
    public IEnumerable<Option> All => [_storage, _cosmos, _blobs, _queues, _vault];

    /// <summary>Whether any of them is given.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetValue(_storage) is not null || parsed.GetValue(_blobs) is not null;

    /// <summary>What they say; null after an error was told.</summary>
    public AzureOptions? Read(ParseResult parsed, Surroundings surroundings)
    {
        string? cosmos = parsed.GetValue(_cosmos);
        bool isAddress = Uri.TryCreate(cosmos, UriKind.Absolute, out Uri? account) && account.Scheme == Uri.UriSchemeHttps;
        var options = new AzureOptions
        {
            StorageEmulator = parsed.GetValue(_storage),
            BlobServiceUri = parsed.GetValue(_blobs),
            QueueServiceUri = parsed.GetValue(_queues),
            CosmosEndpoint = isAddress ? account : null,
            CosmosEmulator = isAddress ? null : cosmos,
            KeyVaultUri = parsed.GetValue(_vault),
        };
        try
        {
            return options.Validated();
        }
        catch (InvalidOperationException e)
        {
            Failure.Report(surroundings, e.Message, "Give --storage CONN --cosmos CONN for emulators, or --blobs URL --queues URL --cosmos URL for Azure.");
            return null;
        }
    }

    private static Option<Uri?> Address(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "URL",
        CustomParser = Parsed.One(
            text => Uri.TryCreate(text, UriKind.Absolute, out Uri? url) ? url : null, "an address", "for example https://account.blob.core.windows.net"),
    };
}
