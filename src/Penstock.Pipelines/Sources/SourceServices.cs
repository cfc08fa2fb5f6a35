using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Penstock.Connectors.Components;
using Penstock.Connectors.Retrieval;
using Penstock.Pipelines.Definitions;

namespace Penstock.Pipelines.Sources;

/// <summary>Registers what opens pulled streams.</summary>
public static class SourceServices
{
    /// <summary>Adds <see cref="IStreamOpener"/> over manifests. The host adds <c>ISecretStore</c>, <c>TimeProvider</c> and logging.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="reading">How slices are read; null for the defaults.</param>
    public static IServiceCollection AddConnectors(this IServiceCollection services, ReadingOptions? reading = null) => services
        .AddSingleton<ConfigResolver>()
        .AddSingleton<CredentialBudgets>()
        .AddSingleton<IStreamOpener>(provider => new ConnectorStreamOpener(
            provider.GetRequiredService<ConfigResolver>(),
            provider.GetRequiredService<CredentialBudgets>(),
            new ConnectorComponents(provider.GetServices<ComponentRegistration>()),
            reading ?? new ReadingOptions(),
            provider.GetRequiredService<TimeProvider>(),
            new LockedRandom(new Random(RandomNumberGenerator.GetInt32(int.MaxValue))),
            provider.GetRequiredService<ILogger<ConnectorStreamOpener>>()));
}
