using System.Text;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.Http;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using Penstock.Testing;

namespace Penstock.Connectors.Tests;

/// <summary>Opens connectors written as YAML over a stub source, and reads their streams whole.</summary>
internal sealed class ConnectorFixture(StubSource source)
{
    public ManualTimeProvider Time { get; } = new(new DateTimeOffset(2024, 1, 10, 0, 0, 0, TimeSpan.Zero));

    public ConnectorOptions Options => new()
    {
        Transport = new HttpTransport(HostPolicy.AnyPublic, source),
        Random = new Random(1),
        Time = Time,
        Budget = rules => new RateBudget(rules, Time),
        Reading = new ReadingOptions { MaxInlineWait = TimeSpan.Zero },
    };

    public static Connector Load(string yaml) => Assert.IsType<ConnectorLoaded>(Connector.Load(yaml, "m.yaml")).Connector;

    public async Task<ConnectorSource> OpenAsync(string yaml, string config = "{}") =>
        Assert.IsType<ConnectorOpened>(await Load(yaml).OpenAsync(Encoding.UTF8.GetBytes(config), Options)).Source;

    public async Task<IStream> StreamAsync(string yaml, string name, string config = "{}") =>
        (await OpenAsync(yaml, config)).Streams.Single(stream => stream.Name == name);

    public static async Task<List<PlanStep>> PlanAsync(IStream stream, PlanRequest? request = null)
    {
        var steps = new List<PlanStep>();
        await foreach (var step in stream.PlanAsync(request ?? new PlanRequest(NoCursors.Instance))) steps.Add(step);
        return steps;
    }

    public static async Task<List<string>> RecordsAsync(IStream stream, StreamSlice slice)
    {
        var records = new List<string>();
        await foreach (var step in stream.ReadAsync(slice, null))
            records.AddRange(Assert.IsType<PageRead>(step).Records.Select(record => Encoding.UTF8.GetString(record.Span)));
        return records;
    }

    /// <summary>A stream of a manifest that reads <c>/{name}</c>, with further fields of the retriever and of the stream.</summary>
    public static string Stream(string name, string retriever = "", string stream = "", string requester = "") => $$$"""
        - type: DeclarativeStream
          name: {{{name}}}
          {{{stream}}}
          retriever:
            type: SimpleRetriever
            {{{retriever}}}
            requester: {type: HttpRequester, url_base: "https://api.example.com", path: "/{{{name}}}"{{{requester}}}}
            record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}

        """;

    public static string Manifest(params string[] streams) =>
        "version: 6.0.0\ntype: DeclarativeSource\ncheck: {type: CheckStream, stream_names: [items]}\nstreams:\n" + string.Concat(streams);
}
