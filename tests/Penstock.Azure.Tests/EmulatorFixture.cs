using Microsoft.Extensions.DependencyInjection;
using Penstock.Azure.Tests;
using Penstock.Emulators;

[assembly: AssemblyFixture(typeof(EmulatorFixture))]

namespace Penstock.Azure.Tests;

/// <summary>Azurite and the Cosmos DB emulator, started once for all tests, and the services on them as a host registers them.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    private EmulatorProcesses? _emulators;
    private ServiceProvider? _services;

    public AzureOptions Options { get; private set; } = new();

    public T Get<T>() where T : notnull => _services!.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        _emulators = await EmulatorProcesses.StartAsync(new EmulatorOptions { Progress = Console.Error.WriteLine });
        Options = new AzureOptions { StorageEmulator = _emulators.StorageConnectionString, CosmosEmulator = _emulators.CosmosConnectionString };
        _services = new ServiceCollection().AddPenstockAzure(Options).BuildServiceProvider(validateScopes: true);
        await Get<AzureResources>().EnsureAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        if (_emulators is not null)
            await _emulators.DisposeAsync();
    }
}
