using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Connectors.Http;
using Penstock.Pipelines;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Sources;
using Penstock.Pipelines.Stages;
using Penstock.Simulator;

namespace Penstock.Cli.Tests;

/// <summary>The sample pipeline's whole path against the simulated service: real connector, real stages, stores in memory.</summary>
public class EarthquakesTests
{
    [Fact]
    public async Task every_earthquake_of_the_week_is_curated_once_within_the_quota()
    {
        await using SimulatedApi api = await SimulatedApi.StartAsync(
            new SimulatorOptions { Quotas = [new Quota.FixedWindow(10, TimeSpan.FromSeconds(1))] }, cancellationToken: TestContext.Current.CancellationToken);
        await using ServiceProvider services = await ServicesAsync(api);
        await services.GetRequiredService<OperateStage>().RunAsync(new RunNow("earthquakes", []));
        Run run = await PumpAsync(services);
        Assert.Equal((RunStatus.Completed, null), (run.Status, run.Error));

        var curated = new List<string>();
        await foreach (CuratedRecord record in services.GetRequiredService<ICuratedStore>().ReadAsync(new CuratedTable("earthquakes", "events")))
            curated.Add(record.Key);
        Assert.Equal(api.AllIds("earthquakes").Order(), curated.Order());
        RunCounts counts = await services.GetRequiredService<RunLedger>().CountAsync(run);
        Assert.Equal((0, counts.Landed), (counts.Quarantined, counts.Curated));
        Assert.Equal(api.Statistics.Calls, counts.Calls);
    }

    private static async Task<ServiceProvider> ServicesAsync(SimulatedApi api)
    {
        var time = TimeProvider.System;
        var queue = new MemoryWorkQueue(time);
        return new ServiceCollection()
            .AddSingleton<IPipelineCatalog>(await CatalogAsync(api))
            .AddSingleton<IBlobStore>(new MemoryBlobStore(time))
            .AddSingleton<IWorkQueue>(queue)
            .AddSingleton<IWorkReceiver>(queue)
            .AddSingleton<ICuratedStore>(new MemoryCuratedStore())
            .AddSingleton<ISecretStore>(new MemorySecretStore())
            .AddSingleton<IIdSource>(new CryptoIdSource())
            .AddSingleton(time)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(new PumpOptions())
            .AddSingleton<QueuePump>()
            .AddPenstock()
            .AddConnectors()
            .BuildServiceProvider();
    }

    private static async Task<IPipelineCatalog> CatalogAsync(SimulatedApi api)
    {
        string samples = Path.Combine(AppContext.BaseDirectory, "samples");
        var entry = Assert.IsType<UsablePipeline>(await new FolderPipelineCatalog(samples).FindAsync("earthquakes"));
        JsonObject config = JsonNode.Parse(entry.Pipeline.Config.GetRawText())!.AsObject();
        config["base_url"] = api.BaseAddress.ToString().TrimEnd('/');
        config["start_date"] = "2018-01-31T00:00:00Z";
        config["end_date"] = "2018-02-07T02:00:00Z";
        config["page_size"] = 100;
        return new OnePipeline(entry.Pipeline with
        {
            Config = JsonSerializer.SerializeToElement(config),
            Hosts = new HostPolicy { Private = ["127.0.0.1"] },
        });
    }

    private static async Task<Run> PumpAsync(ServiceProvider services)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        Task pumping = services.GetRequiredService<QueuePump>().RunAsync(stop.Token);
        var ledger = services.GetRequiredService<RunLedger>();
        while (!stop.IsCancellationRequested)
        {
            await foreach (Run run in ledger.ListAsync("earthquakes", cancellationToken: CancellationToken.None))
            {
                if (run.HasEnded && (await ledger.CountAsync(run)).IsCurated)
                {
                    await stop.CancelAsync();
                    await pumping;
                    return run;
                }
            }

            await Task.Delay(50, CancellationToken.None);
        }

        throw new TimeoutException("The run didn't end within a minute.");
    }

    private sealed class OnePipeline(Pipeline pipeline) : IPipelineCatalog
    {
        public ValueTask<IReadOnlyList<PipelineEntry>> ListAsync(CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IReadOnlyList<PipelineEntry>>([new UsablePipeline(pipeline)]);

        public ValueTask<PipelineEntry?> FindAsync(string name, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<PipelineEntry?>(name == pipeline.Name ? new UsablePipeline(pipeline) : null);
    }
}
