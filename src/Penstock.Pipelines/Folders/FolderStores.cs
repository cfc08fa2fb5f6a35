using Penstock.Pipelines.Folders.Curated;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders;

/// <summary>All stores of a local run, in one folder.</summary>
/// <param name="folder">The data folder; made if need be.</param>
/// <param name="time">The clock.</param>
/// <param name="ids">Gives ids.</param>
/// <param name="secretsFile">A JSON file of secrets, asked after the environment: <c>secrets.json</c> by default.</param>
public sealed class FolderStores(string folder, TimeProvider time, IIdSource ids, string secretsFile = "secrets.json")
{
    /// <summary>The blobs.</summary>
    public FolderBlobStore Blobs { get; } = new(folder, time);

    /// <summary>The queues.</summary>
    public FolderWorkQueue Queue { get; } = new(folder, time, ids);

    /// <summary>The curated tables.</summary>
    public FolderCuratedStore Curated { get; } = new(folder, time);

    /// <summary>The secrets.</summary>
    public ISecretStore Secrets { get; } = new FirstSecretStore(new EnvironmentSecretStore(), new FileSecretStore(secretsFile));
}
