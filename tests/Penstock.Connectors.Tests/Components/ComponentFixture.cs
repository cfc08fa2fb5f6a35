using System.Text;
using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Partitions;
using Penstock.Connectors.Records;
using Penstock.Connectors.Records.Normalisation;
using Penstock.Connectors.Records.Transformations;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Schemas;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Components;

/// <summary>Opens and reads manifests with components of one's own, over a source that gives two records.</summary>
public abstract class ComponentFixture
{
    private protected StubSource Source { get; } = new(_ => StubSource.Json("""[{"id":1,"n":"7"},{"id":2,"n":"8"}]"""));

    protected static ConnectorComponents Components(params ComponentRegistration[] registrations) => new(registrations);

    private protected static async Task<ConnectorSource> OpenAsync(ConnectorFixture fixture, string yaml, ConnectorComponents components, string config = "{}") =>
        Assert.IsType<ConnectorOpened>(await Assert.IsType<ConnectorLoaded>(Connector.Load(yaml, "m.yaml", components)).Connector.OpenAsync(Encoding.UTF8.GetBytes(config), fixture.Options)).Source;

    protected async Task<List<string>> ReadAsync(string yaml, ConnectorComponents components, string config = "{}")
    {
        var source = await OpenAsync(new ConnectorFixture(Source), yaml, components, config);
        Assert.Empty(source.Blocked.SelectMany(blocked => blocked.Problems));
        return await RecordsAsync(source.Streams[0], StreamSlice.Whole);
    }

    protected static async Task<List<ReadStep>> StepsAsync(IStream stream, StreamSlice slice)
    {
        var steps = new List<ReadStep>();
        await foreach (var step in stream.ReadAsync(slice, null)) steps.Add(step);
        return steps;
    }
}
