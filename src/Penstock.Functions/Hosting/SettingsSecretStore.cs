using Microsoft.Extensions.Configuration;
using Penstock.Pipelines.Ports;

namespace Penstock.Functions.Hosting;

/// <summary>
/// Secrets from the app's settings, <c>SECRETS__NAME</c>, where there is no key vault to ask: a developer's machine, or settings
/// that are themselves Key Vault references.
/// </summary>
/// <param name="settings">The settings.</param>
internal sealed class SettingsSecretStore(IConfiguration settings) : ISecretStore
{
    private const string Prefix = "SECRETS";

    public ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(settings[$"{Prefix}:{name}"] is { Length: > 0 } secret ? secret : null);
}
