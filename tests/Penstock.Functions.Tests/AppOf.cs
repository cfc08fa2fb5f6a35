using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Penstock.Functions.Hosting;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;
using Penstock.Testing;
using Penstock.Testing.World;

namespace Penstock.Functions.Tests;

/// <summary>What the app registers, on memory stores and a manual clock.</summary>
internal static class AppOf
{
    public static ServiceProvider Services(MemoryStores? stores = null, ScriptedPipelines? pipelines = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        AddTo(services, stores, pipelines);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public static void AddTo(IServiceCollection services, MemoryStores? stores = null, ScriptedPipelines? pipelines = null)
    {
        stores ??= new MemoryStores();
        pipelines ??= new ScriptedPipelines(new ScriptedStream());
        services.AddFunctionApp(LocalSettings.Sample());
        services
            .Replace(ServiceDescriptor.Singleton<TimeProvider>(stores.Time))
            .Replace(ServiceDescriptor.Singleton<IBlobStore>(stores.Blobs))
            .Replace(ServiceDescriptor.Singleton<IWorkQueue>(stores.Queue))
            .Replace(ServiceDescriptor.Singleton<ICuratedStore>(stores.Curated))
            .Replace(ServiceDescriptor.Singleton<ISecretStore>(stores.Secrets))
            .Replace(ServiceDescriptor.Singleton<IPipelineCatalog>(pipelines))
            .Replace(ServiceDescriptor.Singleton<IStreamOpener>(pipelines));
    }
}
