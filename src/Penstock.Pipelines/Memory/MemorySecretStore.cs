using System.Collections.Concurrent;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Memory;

/// <summary>Secrets in memory. Names are compared without case, as in Key Vault.</summary>
public sealed class MemorySecretStore : ISecretStore
{
    private readonly ConcurrentDictionary<string, string> _secrets = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets a secret, or with null removes it.</summary>
    public void Set(string name, string? value)
    {
        PortArguments.Secret(name);
        if (value is null)
            _secrets.TryRemove(name, out _);
        else
            _secrets[name] = value;
    }

    /// <inheritdoc/>
    public ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        PortArguments.Secret(name);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_secrets.GetValueOrDefault(name));
    }
}
