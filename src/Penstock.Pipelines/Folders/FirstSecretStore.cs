using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders;

/// <summary>Asks several stores and takes the first answer.</summary>
/// <param name="stores">The stores, in the order in which they are asked.</param>
public sealed class FirstSecretStore(params IReadOnlyList<ISecretStore> stores) : ISecretStore
{
    /// <inheritdoc/>
    public async ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        foreach (ISecretStore store in stores)
        {
            if (await store.FindAsync(name, cancellationToken) is { } value)
                return value;
        }

        return null;
    }
}
