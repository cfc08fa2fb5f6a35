using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Records;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Sources;

namespace Penstock.Pipelines.Tests.Sources;

public class ConnectorStreamOpenerTests
{
    private const string Manifest = """
        version: 6.0.0
        type: DeclarativeSource
        check: { type: CheckStream, stream_names: [things] }
        streams:
          - type: DeclarativeStream
            name: things
            primary_key: id
            retriever:
              type: SimpleRetriever
              requester:
                type: HttpRequester
                url_base: https://api.example.com
                path: things
                authenticator: { type: BearerAuthenticator, api_token: "{{ config['key'] }}" }
              record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
        spec:
          type: Spec
          connection_specification: { type: object, required: [key], properties: { key: { type: string } } }
        """;

    private readonly MemorySecretStore _secrets = new();
    private ConnectorComponents _components = ConnectorComponents.None;

    [Fact]
    public async Task a_stream_is_opened_with_its_secrets_in_place()
    {
        _secrets.Set("the-key", "s3cret");
        var opened = Assert.IsType<StreamOpened>(await Opener().OpenAsync(Pipeline("""{"key":"secret:the-key"}"""), "things"));
        Assert.Equal("id", Assert.Single(Assert.Single(opened.Stream.PrimaryKey)));
    }

    [Fact]
    public async Task a_stream_stays_open_until_a_secret_is_rotated()
    {
        _secrets.Set("the-key", "s3cret");
        var opener = Opener();
        Pipeline pipeline = Pipeline("""{"key":"secret:the-key"}""");
        var first = Assert.IsType<StreamOpened>(await opener.OpenAsync(pipeline, "things"));
        Assert.Same(first.Stream, Assert.IsType<StreamOpened>(await opener.OpenAsync(pipeline, "things")).Stream);
        _secrets.Set("the-key", "n3w");
        Assert.NotSame(first.Stream, Assert.IsType<StreamOpened>(await opener.OpenAsync(pipeline, "things")).Stream);
    }

    [Fact]
    public async Task a_missing_secret_is_named_and_its_reference_with_it()
    {
        var unavailable = Assert.IsType<StreamUnavailable>(await Opener().OpenAsync(Pipeline("""{"key":"secret:the-key"}"""), "things"));
        Assert.Contains("'the-key'", Assert.Single(unavailable.Problems).Message);
    }

    [Fact]
    public async Task a_stream_that_the_connector_lacks_is_told_with_those_it_has()
    {
        var unavailable = Assert.IsType<StreamUnavailable>(await Opener().OpenAsync(Pipeline("""{"key":"k"}"""), "thongs"));
        Assert.Contains("It has: things.", Assert.Single(unavailable.Problems).Fix);
    }

    [Fact]
    public async Task a_config_that_does_not_fit_the_spec_is_refused_without_its_values()
    {
        var unavailable = Assert.IsType<StreamUnavailable>(await Opener().OpenAsync(Pipeline("""{"key":12345678}"""), "things"));
        Assert.Equal("config.key", Assert.Single(unavailable.Problems).Path);
        Assert.DoesNotContain("12345678", unavailable.Problems[0].ToString());
    }

    [Fact]
    public async Task streams_opened_at_the_same_time_share_one_source()
    {
        _secrets.Set("the-key", "s3cret");
        var opener = Opener();
        Pipeline pipeline = Pipeline("""{"key":"secret:the-key"}""");
        StreamOpening[] opened = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () => await opener.OpenAsync(pipeline, "things"))));
        Assert.Single(opened.Select(one => Assert.IsType<StreamOpened>(one).Stream).Distinct());
    }

    [Fact]
    public async Task components_of_ones_own_are_registered_with_the_hosts_services()
    {
        _secrets.Set("the-key", "s3cret");
        ServiceProvider host = new ServiceCollection()
            .AddSingleton("the host's")
            .AddConnectorComponent<IRecordFilter, EverythingFactory>("source_x.components.Everything")
            .AddConnectorComponent<IRecordFilter>("source_x.components.Other", _ => new Everything("another pipeline's"), pipeline: "other")
            .BuildServiceProvider();
        string yaml = Manifest.Replace("type: RecordSelector,", "type: RecordSelector, record_filter: { type: CustomRecordFilter, class_name: source_x.components.Everything },", StringComparison.Ordinal);
        Pipeline pipeline = Pipeline("""{"key":"secret:the-key"}""") with { Manifest = new ManifestFile("connector.yaml", yaml) };

        Assert.Contains("source_x.components.Everything", Assert.IsType<StreamUnavailable>(await Opener().OpenAsync(pipeline, "things")).Problems[0].Message, StringComparison.Ordinal);
        _components = new ConnectorComponents(host.GetServices<ComponentRegistration>());
        Assert.IsType<StreamOpened>(await Opener().OpenAsync(pipeline, "things"));
        Assert.Empty(ManifestCheck.Problems(pipeline, TimeProvider.System, _components));
    }

    private sealed class EverythingFactory(string who) : IComponentFactory<IRecordFilter>
    {
        public IRecordFilter Create(ComponentParts parts) => new Everything(who);
    }

    private sealed class Everything(string who) : IRecordFilter
    {
        public bool Keeps(DictValue record, EvaluationContext variables) => who == "the host's";
    }

    private ConnectorStreamOpener Opener() => new(
        new ConfigResolver(_secrets), new CredentialBudgets(new DocumentStore(new MemoryBlobStore(TimeProvider.System)), new CryptoIdSource(), TimeProvider.System), _components, new ReadingOptions(), TimeProvider.System, new Random(1),
        NullLogger<ConnectorStreamOpener>.Instance);

    private static Pipeline Pipeline(string config) => new()
    {
        Name = "sample",
        Manifest = new ManifestFile("connector.yaml", Manifest),
        Config = JsonDocument.Parse(config).RootElement,
        Streams = [new PipelineStream { Name = "things" }],
    };
}
