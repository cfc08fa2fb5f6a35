using Penstock.Infra.Data;
using Penstock.Infra.Foundation;
using Penstock.Infra.Pipelines;
using Pulumi;
using Pulumi.AzureNative.Authorization;

namespace Penstock.Infra.Publishing;

/// <summary>
/// The pipelines as configuration blobs. The provider's own Blob resource writes with the account's key
/// (https://github.com/pulumi/pulumi-azure-native/issues/2015), and there are no keys here; so this program writes them itself,
/// with the identity that it runs as, once the account and the right to write are there. Each file is a component, so that a
/// preview shows which of them change.
/// </summary>
internal sealed class ConfigurationBlobs : StackPart
{
    /// <param name="around">The surroundings.</param>
    /// <param name="data">The data account.</param>
    /// <param name="grants">Who may what.</param>
    /// <param name="needs">The pipelines.</param>
    /// <param name="publish">Writes the files to the account of an address; says how many blobs it touched.</param>
    public ConfigurationBlobs(Surroundings around, DataStorage data, Grants grants, PipelineNeeds needs, Func<Uri, IReadOnlyList<ConfigurationFile>, Task<int>> publish)
        : base("ConfigurationBlobs", "configuration")
    {
        foreach (ConfigurationFile file in needs.Files)
            _ = new ConfigurationBlob(file, this);
        RoleAssignment mayWrite = grants.ToDeployer("deployer-writes-config", Role.BlobDataContributor, data.ConfigContainer.Id);
        bool preview = Deployment.Instance.IsDryRun;
        Touched = mayWrite.Id.Apply(_ => data.BlobEndpoint).Apply(endpoint => preview ? Task.FromResult(0) : publish(new Uri(endpoint), needs.Files));
    }

    /// <summary>How many blobs this update touched.</summary>
    public Output<int> Touched { get; }
}

/// <summary>A file of a pipeline, in Azure.</summary>
internal sealed class ConfigurationBlob(ConfigurationFile file, StackPart parent) : ComponentResource(
    "penstock:infra:ConfigurationBlob", file.Path, new ConfigurationBlobArgs { Path = file.Path, Sha256 = file.Sha256 }, new ComponentResourceOptions { Parent = parent });

internal sealed class ConfigurationBlobArgs : ResourceArgs
{
    [Input("path", required: true)]
    public Input<string> Path { get; set; } = null!;

    [Input("sha256", required: true)]
    public Input<string> Sha256 { get; set; } = null!;
}
