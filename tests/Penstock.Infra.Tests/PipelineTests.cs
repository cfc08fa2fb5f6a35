using Penstock.Infra.Graph;
using Penstock.Infra.Pipelines;
using Penstock.Infra.Publishing;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;

namespace Penstock.Infra.Tests;

public sealed class PipelineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("penstock-infra-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task a_pipeline_that_receives_events_brings_its_hub_its_grant_and_its_blob()
    {
        Write("taps", "");
        StackGraph before = await Stacks.DeclareAsync("dev", pipelines: _folder);
        Assert.Empty(before.OfType("eventhub:Namespace"));

        Write("taps", "receive: { event_hub: taps }");
        StackGraph after = await Stacks.DeclareAsync("dev", pipelines: _folder);

        Assert.Equal("taps", Assert.Single(after.OfType("eventhub:EventHub")).Text("eventHubName"));
        Assert.Equal("penstock", Assert.Single(after.OfType("eventhub:ConsumerGroup")).Text("consumerGroupName"));
        Assert.EndsWith("/eventhubs/taps", after.Single("app-receives-taps").Text("scope"), StringComparison.Ordinal);
        Assert.Contains(after.Resources, one => one.Type == "penstock:infra:ConfigurationBlob" && one.Name == "taps/pipeline.yaml");
        Assert.NotEqual(Hash(before), Hash(after));
    }

    [Fact]
    public async Task a_pipeline_that_promises_freshness_brings_its_alert()
    {
        Write("taps", "receive: { event_hub: taps }");
        Assert.DoesNotContain((await Stacks.DeclareAsync("dev", pipelines: _folder)).Resources, one => one.Name == "freshness-taps");

        Write("taps", "receive: { event_hub: taps }\n    freshness: PT1H");
        GraphResource alert = (await Stacks.DeclareAsync("dev", pipelines: _folder)).Single("freshness-taps");

        Assert.Contains("ALERT freshness taps/", string.Join('\n', Texts.Of(alert.Inputs)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_pipeline_names_the_secrets_that_must_be_set()
    {
        Write("taps", "receive: { webhook: { secret: taps-webhook } }");
        StackGraph graph = await Stacks.DeclareAsync("dev", pipelines: _folder);
        Assert.Equal(["taps-webhook"], Assert.IsAssignableFrom<IEnumerable<string>>(graph.Outputs["secretsToSet"]));
    }

    [Fact]
    public async Task a_broken_pipeline_creates_nothing_and_says_where()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "taps"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "taps", "pipeline.yaml"), "pipeline: taps\nstreams: 3\n");
        var error = await Assert.ThrowsAsync<PipelineException>(() => PipelineNeeds.ReadAsync(_folder));
        Assert.Contains("Nothing was created", error.Message, StringComparison.Ordinal);
        Assert.Contains("taps/pipeline.yaml:2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task more_hubs_than_the_app_reads_create_nothing()
    {
        foreach (string name in new[] { "a", "b", "c", "d" })
            Write(name, $"receive: {{ event_hub: hub-{name} }}");
        Assert.Equal(4, (await Stacks.DeclareAsync("dev", pipelines: _folder)).OfType("eventhub:EventHub").Count());

        Write("e", "receive: { event_hub: hub-e }");
        Assert.Contains("the app reads 4", (await Assert.ThrowsAsync<PipelineException>(() => PipelineNeeds.ReadAsync(_folder))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_update_writes_the_files_and_takes_away_what_is_gone()
    {
        Write("taps", "receive: { event_hub: taps }");
        Write("wells", "receive: { event_hub: wells }");
        var store = new MemoryBlobStore(TimeProvider.System);
        var publisher = new ConfigurationPublisher(store);

        Assert.Equal(2, await publisher.PublishAsync((await PipelineNeeds.ReadAsync(_folder)).Files));
        Assert.Equal(0, await publisher.PublishAsync((await PipelineNeeds.ReadAsync(_folder)).Files));

        Directory.Delete(Path.Combine(_folder, "wells"), recursive: true);
        Write("taps", "receive: { event_hub: faucets }");
        Assert.Equal(2, await publisher.PublishAsync((await PipelineNeeds.ReadAsync(_folder)).Files));
        Assert.Null(await store.GetAsync("config/pipelines/wells/pipeline.yaml"));
        Blob blob = (await store.GetAsync("config/pipelines/taps/pipeline.yaml"))!;
        Assert.Contains("faucets", System.Text.Encoding.UTF8.GetString(blob.Content.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_update_publishes_to_the_data_account()
    {
        Write("taps", "receive: { event_hub: taps }");
        Uri? address = null;
        StackGraph graph = await StackGraph.DeclareAsync("dev", Stacks.Settings("dev"), await PipelineNeeds.ReadAsync(_folder), (account, files) =>
        {
            address = account;
            return Task.FromResult(files.Count);
        });
        Assert.Equal($"https://{graph.Single("data-account").Text("accountName")}.blob.core.windows.net/", address?.ToString());
    }

    private void Write(string pipeline, string stream)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, pipeline)).FullName;
        string connector = stream.Length == 0 ? "connector: connector.yaml\n" : "";
        File.WriteAllText(Path.Combine(folder, "connector.yaml"), "version: 6.0.0\n");
        if (connector.Length == 0)
            File.Delete(Path.Combine(folder, "connector.yaml"));
        File.WriteAllText(Path.Combine(folder, "pipeline.yaml"), $"pipeline: {pipeline}\n{connector}streams:\n  - stream: events\n    key: [id]\n    {stream}\n");
    }

    private static string? Hash(StackGraph graph) => graph.Resources.Single(one => one.Name == "taps/pipeline.yaml").Text("sha256");
}
