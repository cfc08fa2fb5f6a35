namespace Penstock.Pipelines.Ports;

/// <summary>Looks up secrets by name. Values never reach a log, a blob or an error.</summary>
public interface ISecretStore
{
    /// <summary>Gives a secret's value, or null if there is none of that name.</summary>
    /// <param name="name">The name: letters, digits and dashes, as in Key Vault.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken = default);
}
