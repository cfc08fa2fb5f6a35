using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Penstock.Connectors.Http;
using Penstock.Pipelines;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Sources;
using Penstock.Pipelines.Stages;

namespace Penstock.Benchmarks.Reading;

/// <summary><c>land</c>: plans and extracts one run of the stream <c>landed</c> into a folder; nothing is transformed. The program that <c>read</c> measures.</summary>
internal sealed class LandCommand : Command
{
    public LandCommand()
        : base("land", "Lands the benchmark's records as gzip JSON Lines in a folder, by Plan and Extract alone.")
    {
        var manifest = new Option<string>("--manifest") { Required = true };
        var config = new Option<string>("--config") { Required = true };
        var data = new Option<string>("--data") { Required = true };
        foreach (Option option in (Option[])[manifest, config, data])
            Add(option);
        SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(manifest), parsed.GetRequiredValue(config), parsed.GetRequiredValue(data), cancellationToken));
    }

    private static async Task<int> RunAsync(string manifest, string config, string data, CancellationToken cancellationToken)
    {
        var pipeline = new Pipeline
        {
            Name = "benchmark",
            Manifest = new ManifestFile("connector.yaml", await File.ReadAllTextAsync(manifest, cancellationToken)),
            Config = JsonDocument.Parse(await File.ReadAllTextAsync(config, cancellationToken)).RootElement,
            Hosts = HostPolicy.AnyPublic with { Private = ["127.0.0.1"] },
            Streams = [new PipelineStream { Name = "landed" }],
        };
        var ids = new CryptoIdSource();
        var stores = new FolderStores(data, TimeProvider.System, ids);
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IIdSource>(ids)
            .AddSingleton<IPipelineCatalog>(new OnePipeline(pipeline))
            .AddSingleton<IBlobStore>(stores.Blobs)
            .AddSingleton<IWorkQueue>(stores.Queue)
            .AddSingleton<ICuratedStore>(stores.Curated)
            .AddSingleton(stores.Secrets)
            .AddConnectors()
            .AddPenstock()
            .AddLogging()
            .BuildServiceProvider();
        DateTimeOffset deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1);
        await services.GetRequiredService<OperateStage>().RunAsync(new RunNow("benchmark", []), cancellationToken);
        await services.GetRequiredService<PlanStage>().RunAsync(deadline, cancellationToken);
        bool worked = false;
        while (await stores.Queue.ReceiveAsync(QueueNames.Extract, 1, TimeSpan.FromHours(1), cancellationToken) is [var item])
        {
            WorkOutcome outcome = await services.GetRequiredService<WorkDispatcher>().HandleAsync(item.Queue, item.Body, deadline, cancellationToken);
            await Console.Error.WriteLineAsync($"{outcome}");
            worked = true;
            await stores.Queue.CompleteAsync(item, cancellationToken);
        }

        return worked ? 0 : 1;
    }

    private sealed class OnePipeline(Pipeline pipeline) : IPipelineCatalog
    {
        private readonly UsablePipeline _entry = new(pipeline);

        public ValueTask<IReadOnlyList<PipelineEntry>> ListAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<IReadOnlyList<PipelineEntry>>([_entry]);

        public ValueTask<PipelineEntry?> FindAsync(string name, CancellationToken cancellationToken = default) => ValueTask.FromResult<PipelineEntry?>(name == "benchmark" ? _entry : null);
    }
}
