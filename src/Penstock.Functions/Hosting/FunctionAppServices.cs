using Microsoft.Extensions.DependencyInjection;
using Penstock.Http;
using Penstock.Pipelines;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;

namespace Penstock.Functions.Hosting;

/// <summary>Registers what the triggers need. Nothing here is slow: a new instance has 30 seconds to start.</summary>
internal static class FunctionAppServices
{
    /// <summary>Adds the stages, the endpoints and the clock; the ports come with <c>Penstock.Azure</c>.</summary>
    public static IServiceCollection AddFunctionApp(this IServiceCollection services)
    {
        var ids = new CryptoIdSource();
        return services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IIdSource>(ids)
            .AddSingleton<WorkLimits>()
            .AddPenstock(new ExtractOptions { Instance = ids.Next() })
            .AddPenstockHttp();
    }
}
