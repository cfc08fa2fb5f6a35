using Penstock.Connectors.Manifests;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Tests.Components;

/// <summary>Manifests that need code of their authors: they load, the errors name the code, and the streams without it run.</summary>
public class PublicCustomManifestTests
{
    public static TheoryData<string> Manifests =>
        [.. SharedFolder.Files("corpus/custom", "*.yaml").Prepend(Path.Combine(AppContext.BaseDirectory, "Components", "mixed.yaml"))];

    [Theory]
    [MemberData(nameof(Manifests))]
    public async Task the_error_names_the_component_and_the_other_streams_run(string file)
    {
        var loaded = Assert.IsType<ConnectorLoaded>(Connector.Load(await File.ReadAllTextAsync(file), Path.GetFileName(file)));
        var config = ValueJsonWriter.ToUtf8(SampleConfig.Of(loaded.Connector.Specification));
        var fixture = new ConnectorFixture(new StubSource(_ => StubSource.Json("{}")));
        var source = Assert.IsType<ConnectorOpened>(await loaded.Connector.OpenAsync(config, fixture.Options)).Source;
        var custom = loaded.Problems.Where(problem => problem.Message.Contains("isn't registered", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(custom);
        Assert.All(custom.Where(problem => problem.Severity == ProblemSeverity.Error), problem => Assert.Contains("AddConnectorComponent<", problem.Fix, StringComparison.Ordinal));
        // A made-up config may not be what a manifest wants of it: then that is said.
        Assert.All(source.Blocked, blocked => Assert.Contains(blocked.Problems, problem =>
            problem.Message.Contains($"the stream '{blocked.Name}' can't run", StringComparison.Ordinal) || problem.Fix.StartsWith("Correct the config", StringComparison.Ordinal)));
        foreach (var stream in source.Streams) await ReadFirstSliceAsync(stream);
    }

    // The source knows nothing, so that most streams are empty; what counts is that each comes to an end.
    private static async Task ReadFirstSliceAsync(IStream stream)
    {
        await foreach (var plan in stream.PlanAsync(new PlanRequest(NoCursors.Instance)))
        {
            if (plan is not SlicesPlanned { Slices: [var slice, ..] }) continue;
            await foreach (var step in stream.ReadAsync(slice, null))
                Assert.True(step is PageRead or ReadFailed or ReadWaits);
            return;
        }
    }
}
