using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Azure;
using Penstock.Azure.Telemetry;
using Penstock.Http;
using Penstock.Pipelines;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Sources;
using Penstock.Pipelines.Stages;

namespace Penstock.Functions.Hosting;

/// <summary>Registers what the triggers need. Nothing here is slow: a new instance has 30 seconds to start.</summary>
internal static class FunctionAppServices
{
    /// <summary>Adds the stages on Azure's services, the endpoints, and the pipelines that were deployed as blobs.</summary>
    public static IServiceCollection AddFunctionApp(this IServiceCollection services, IConfiguration settings)
    {
        AzureOptions azure = Settings.ReadAzure(settings);
        if (azure.StorageEmulator is not null)
            services.AddHostedService<EmulatorSetup>();
        var ids = new CryptoIdSource();
        services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IIdSource>(ids)
            .AddPenstockAzure(azure)
            .AddSingleton<IPipelineCatalog>(provider =>
                new BlobPipelineCatalog(provider.GetRequiredService<IBlobStore>(), provider.GetRequiredService<TimeProvider>()))
            .AddConnectors()
            .AddPenstock(new ExtractOptions { Instance = ids.Next() })
            .AddPenstockHttp(operators: Settings.ReadOperators(settings))
            .AddTelemetryExport(Settings.ReadTelemetry(settings, azure))
            .AddSingleton(Settings.ReadInstanceSize(settings))
            .AddSingleton(Settings.ReadLineage(settings, azure))
            .AddSingleton<WorkLimits>();
        return azure.KeyVaultUri is null ? services.AddSingleton<ISecretStore>(new SettingsSecretStore(settings)) : services;
    }
}
