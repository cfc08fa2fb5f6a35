using System.Security.Cryptography;

namespace Penstock.Emulators;

/// <summary>
/// Azurite and a Cosmos DB emulator, on free ports of the loopback interface. They end with this object, and with this process
/// however it ends.
/// </summary>
public sealed class EmulatorProcesses : IAsyncDisposable
{
    private const string Account = "penstock";
    private readonly List<NodeProcess> _processes = [];

    private EmulatorProcesses() { }

    /// <summary>The connection string for blobs and queues; null if Azurite wasn't asked for.</summary>
    public string? StorageConnectionString { get; private set; }

    /// <summary>The connection string for Cosmos DB; null if it wasn't asked for. Its certificate is self-signed.</summary>
    public string? CosmosConnectionString { get; private set; }

    /// <summary>Starts the emulators and waits until they answer; installs them first if they are missing.</summary>
    /// <exception cref="InvalidOperationException">Node.js is missing, or an emulator didn't start; the message says what to do.</exception>
    public static async Task<EmulatorProcesses> StartAsync(EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmulatorOptions();
        string folder = await EmulatorPackages.InstalledAsync(options, cancellationToken);
        var emulators = new EmulatorProcesses();
        try
        {
            await Task.WhenAll(
                options.Storage ? emulators.StartStorageAsync(folder, options.DataFolder, cancellationToken) : Task.CompletedTask,
                options.Cosmos ? emulators.StartCosmosAsync(folder, cancellationToken) : Task.CompletedTask);
            return emulators;
        }
        catch
        {
            await emulators.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (NodeProcess process in _processes)
            await process.DisposeAsync();
    }

    private async Task StartStorageAsync(string folder, string? data, CancellationToken cancellationToken)
    {
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        string script = Path.Combine("node_modules", "azurite", "dist", "src", "azurite.js");
        string[] store = data is null ? ["--inMemoryPersistence"] : ["--location", Directory.CreateDirectory(data).FullName];
        string[] arguments = [script, "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", "--silent", "--disableTelemetry", .. store];
        var (process, said) = await NodeProcess.ServeAsync(
            folder, arguments, new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" }, [Listening("Blob"), Listening("Queue")], cancellationToken);
        Add(process);
        StorageConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};BlobEndpoint={said[0]}/{Account};QueueEndpoint={said[1]}/{Account};";

        static string Listening(string service) => $@"Azurite {service} service (is )?successfully listen\w* (at|on) (?<it>http://\S+)";
    }

    private async Task StartCosmosAsync(string folder, CancellationToken cancellationToken)
    {
        // Its own command line knows no way to keep connections open, and a TLS handshake a request makes it five times slower.
        const string Serve = "const s = require('@vercel/cosmosdb-server').createHttpsServer({ keepAlive: true }).listen(0, '127.0.0.1', () => console.log('port ' + s.address().port))";
        var (process, said) = await NodeProcess.ServeAsync(folder, ["-e", Serve], new Dictionary<string, string>(), [@"^port (?<it>\d+)$"], cancellationToken);
        Add(process);
        // This emulator checks no key, but the client wants one.
        CosmosConnectionString = $"AccountEndpoint=https://127.0.0.1:{said[0]}/;AccountKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))};";
    }

    private void Add(NodeProcess process)
    {
        lock (_processes)
            _processes.Add(process);
    }
}
