using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Ports;

namespace Penstock.Cli.Validation;

/// <summary>Secrets on this machine: the environment first (<c>PENSTOCK_SECRET_NAME</c>), then a file.</summary>
internal static class LocalSecrets
{
    public static ISecretStore In(string file) => new FirstSecretStore(new EnvironmentSecretStore(), new FileSecretStore(file));
}
