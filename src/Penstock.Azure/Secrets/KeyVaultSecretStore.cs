using System.Collections.Concurrent;
using System.Net;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure.Secrets;

/// <summary>Secrets in Key Vault. What is found is kept for a while, since a vault takes 4,000 look-ups in 10 seconds, and costs.</summary>
/// <param name="vault">The vault.</param>
/// <param name="time">The clock.</param>
/// <param name="lifetime">How long a secret is kept: as long may a worker use a secret after it was rotated.</param>
public sealed class KeyVaultSecretStore(SecretClient vault, TimeProvider time, TimeSpan lifetime) : ISecretStore
{
    private readonly ConcurrentDictionary<string, (string Value, DateTimeOffset Until)> _kept = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The vault refuses the look-up; the message says what to do.</exception>
    public async ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        PortArguments.Secret(name);
        if (_kept.TryGetValue(name, out var kept) && time.GetUtcNow() < kept.Until)
            return kept.Value;
        try
        {
            KeyVaultSecret secret = await vault.GetSecretAsync(name, cancellationToken: cancellationToken);
            _kept[name] = (secret.Value, time.GetUtcNow() + lifetime);
            return secret.Value;
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.Forbidden)
        {
            throw new InvalidOperationException($"The vault {vault.VaultUri} refuses the secret '{name}': it is disabled or expired, or the identity lacks the role 'Key Vault Secrets User'.", exception);
        }
    }
}
