using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Penstock.Azure;
using Penstock.Cli.LocalHost;
using Penstock.Pipelines;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Sources;
using Penstock.Pipelines.Stages;

namespace Penstock.Cli.Workers;

/// <summary>One of many processes that work on the same stores: queues and timers, no HTTP.</summary>
/// <param name="services">The stages on their ports.</param>
internal sealed class Worker(ServiceProvider services) : IAsyncDisposable
{
    /// <summary>The services.</summary>
    public IServiceProvider Services => services;

    /// <summary>Puts a worker together.</summary>
    /// <param name="azure">Where the stores are.</param>
    /// <param name="pipelines">The folder of the pipelines; null for the deployed ones.</param>
    /// <param name="secrets">The file of secrets.</param>
    /// <param name="lease">How long others wait for what it was working on should it die.</param>
    /// <param name="parallelism">How many messages of each queue it works on at once.</param>
    /// <param name="print">Prints lines for people.</param>
    /// <param name="time">The clock.</param>
    public static Worker Create(AzureOptions azure, string? pipelines, string secrets, TimeSpan lease, int parallelism, Action<string> print, TimeProvider time)
    {
        IServiceCollection services = PortsOf(azure, pipelines, secrets, time)
            .AddPenstock(new ExtractOptions { Instance = new CryptoIdSource().Next(), LeaseDuration = lease, CommitInterval = Least(lease / 4, TimeSpan.FromSeconds(20)) })
            .AddSingleton(new PumpOptions { Parallelism = parallelism, Visibility = Least(lease, TimeSpan.FromSeconds(30)) })
            .AddSingleton<QueuePump>()
            .AddSingleton<StageTimers>()
            .AddSingleton(print);
        return new Worker(services.BuildServiceProvider());
    }

    /// <summary>The ports on Azure or its emulators, with pipelines and secrets of this machine where they are given.</summary>
    public static IServiceCollection PortsOf(AzureOptions azure, string? pipelines, string secrets, TimeProvider time)
    {
        IServiceCollection services = new ServiceCollection()
            .AddSingleton(time)
            .AddPenstockAzure(azure)
            .AddConnectors()
            .AddLogging(logging =>
            {
                logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
                logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            });
        services = pipelines is null
            ? services.AddSingleton<IPipelineCatalog>(provider => new BlobPipelineCatalog(provider.GetRequiredService<IBlobStore>(), time))
            : services.AddSingleton<IPipelineCatalog>(new FolderPipelineCatalog(pipelines));
        return azure.KeyVaultUri is null
            ? services.AddSingleton<ISecretStore>(new FirstSecretStore(new EnvironmentSecretStore(), new FileSecretStore(secrets)))
            : services;
    }

    /// <summary>Works until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        services.GetRequiredService<QueuePump>().RunAsync(cancellationToken), services.GetRequiredService<StageTimers>().RunAsync(cancellationToken));

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
