using Microsoft.Extensions.DependencyInjection;
using Penstock.Azure;
using Penstock.Emulators;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Sources;

namespace Penstock.Cli.LocalHost;

/// <summary>The ports of the cloud, with the real SDKs, on Azurite and the Cosmos DB emulator. Both keep their data in memory.</summary>
internal sealed class EmulatorPorts : HostPorts
{
    private readonly LocalHostOptions _options;
    private readonly EmulatorProcesses _emulators;

    private EmulatorPorts(LocalHostOptions options, EmulatorProcesses emulators) => (_options, _emulators) = (options, emulators);

    /// <summary>Starts the emulators.</summary>
    /// <param name="options">How the host runs.</param>
    /// <param name="progress">Told what takes a while.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="InvalidOperationException">Node.js is missing, or an emulator didn't start; the message says what to do.</exception>
    public static async Task<EmulatorPorts> StartAsync(LocalHostOptions options, Action<string> progress, CancellationToken cancellationToken) =>
        new(options, await EmulatorProcesses.StartAsync(new EmulatorOptions { Progress = progress }, cancellationToken));

    // 'penstock work' may work beside it, and nothing is left from before.
    /// <inheritdoc/>
    public override bool IsExclusive => false;

    /// <inheritdoc/>
    public override void AddTo(IServiceCollection services) => services
        .AddPenstockAzure(new AzureOptions { StorageEmulator = _emulators.StorageConnectionString, CosmosEmulator = _emulators.CosmosConnectionString })
        // There is no emulator of Key Vault.
        .AddSingleton<ISecretStore>(new FirstSecretStore(new EnvironmentSecretStore(), new FileSecretStore(_options.Secrets)))
        .AddSingleton<IPipelineCatalog>(new FolderPipelineCatalog(_options.Pipelines))
        .AddConnectorComponents(_options.Components)
        .AddConnectors();

    /// <inheritdoc/>
    public override Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<AzureResources>().EnsureAsync(cancellationToken);

    /// <inheritdoc/>
    public override IEnumerable<string> Places()
    {
        yield return "data       in the emulators' memory: gone when they stop";
        yield return $"storage    {_emulators.StorageConnectionString}";
        yield return $"cosmos     {_emulators.CosmosConnectionString}";
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _emulators.DisposeAsync();
}
