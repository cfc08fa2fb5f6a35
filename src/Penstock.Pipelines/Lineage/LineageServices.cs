using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Penstock.Pipelines.Watching;

namespace Penstock.Pipelines.Lineage;

/// <summary>Registers lineage; a host that tells it registers its <see cref="LineageOptions"/>.</summary>
internal static class LineageServices
{
    public static IServiceCollection AddLineage(this IServiceCollection services)
    {
        services.TryAddSingleton(new LineageOptions());
        return services
            .AddSingleton<LineageReader>()
            .AddSingleton<LineageDelivery>()
            .AddSingleton<LineageAlarm>()
            .AddSingleton<ReceivedHours>()
            .AddSingleton<IMonitor, LineageMonitor>()
            .AddSingleton<IMonitor, ReceivedLineageMonitor>();
    }
}
