using Microsoft.Extensions.Hosting;
using Penstock.Azure;

namespace Penstock.Functions.Hosting;

/// <summary>Makes containers, queues and the database in emulators. In Azure the deployment makes them, and the app needn't be allowed to.</summary>
/// <param name="resources">What must be there.</param>
internal sealed class EmulatorSetup(AzureResources resources) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => resources.EnsureAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
