using Penstock.Infra.Pipelines;
using Penstock.Infra.Settings;
using Pulumi;
using Pulumi.Testing;

namespace Penstock.Infra.Graph;

/// <summary>What a stack would declare, without an engine and without Azure.</summary>
internal sealed record StackGraph(IReadOnlyList<GraphResource> Resources, IDictionary<string, object?> Outputs)
{
    // The SDK runs one deployment at a time.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    public static async Task<StackGraph> DeclareAsync(
        string stack, StackSettings settings, PipelineNeeds needs, Func<Uri, IReadOnlyList<ConfigurationFile>, Task<int>>? publish = null)
    {
        await OneAtATime.WaitAsync();
        try
        {
            var mocks = new GraphMocks();
            var (_, outputs) = await Deployment.TestAsync(
                mocks,
                new TestOptions { ProjectName = "penstock", StackName = stack, IsPreview = false },
                () => Task.FromResult(PenstockStack.Declare(settings, needs, publish ?? ((_, _) => Task.FromResult(0)))));
            return new(mocks.Resources, outputs);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    public IEnumerable<GraphResource> OfType(string type) => Resources.Where(resource => resource.Type == "azure-native:" + type);

    public GraphResource Single(string name) => Resources.Single(resource => resource.Name == name);
}
