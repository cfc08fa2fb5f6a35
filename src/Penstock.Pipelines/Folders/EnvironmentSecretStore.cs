using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders;

/// <summary>Secrets from environment variables: <c>api-key</c> is <c>PENSTOCK_SECRET_API_KEY</c>.</summary>
/// <param name="read">Reads a variable; the process's own environment by default.</param>
public sealed class EnvironmentSecretStore(Func<string, string?>? read = null) : ISecretStore
{
    /// <inheritdoc/>
    public ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult((read ?? Environment.GetEnvironmentVariable)(VariableName(name)));

    /// <summary>The variable that holds a secret.</summary>
    public static string VariableName(string secret)
    {
        PortArguments.Secret(secret);
        return "PENSTOCK_SECRET_" + secret.Replace('-', '_').ToUpperInvariant();
    }
}
