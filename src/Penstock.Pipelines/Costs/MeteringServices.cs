using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Costs;

/// <summary>Puts the meters around the ports that the host has registered.</summary>
internal static class MeteringServices
{
    public static IServiceCollection AddMetering(this IServiceCollection services)
    {
        services.TryAddSingleton(new InstanceSize());
        return services
            .AddSingleton<InstanceTime>()
            .Around<IBlobStore>(inner => new MeteredBlobStore(inner))
            .Around<IWorkQueue>(inner => new MeteredWorkQueue(inner))
            .Around<ICuratedStore>(inner => new MeteredCuratedStore(inner));
    }

    // A port that is registered later isn't metered; everything works all the same.
    private static IServiceCollection Around<T>(this IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(T) && !service.IsKeyedService) is not { } inner)
            return services;
        services.Remove(inner);
        return services.AddSingleton(provider => wrap((T)(
            inner.ImplementationInstance ?? inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }
}
