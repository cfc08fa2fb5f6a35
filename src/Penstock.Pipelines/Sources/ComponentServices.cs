using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Connectors.Components;

namespace Penstock.Pipelines.Sources;

/// <summary>Registers components of your own, in C#, under the names that manifests have for them.</summary>
public static class ComponentServices
{
    /// <summary>Adds a component.</summary>
    /// <typeparam name="TComponent">What it takes the place of: one of the interfaces of <see cref="ComponentKinds"/>.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="className">The manifest's <c>class_name</c>.</param>
    /// <param name="create">Makes the component, each time a stream is built with it.</param>
    /// <param name="pipeline">The pipeline whose connector it is for; null for all.</param>
    public static IServiceCollection AddConnectorComponent<TComponent>(
        this IServiceCollection services, string className, Func<ComponentParts, TComponent> create, string? pipeline = null)
        where TComponent : class =>
        services.AddSingleton(ComponentRegistration.Of(className, create, pipeline));

    /// <summary>Adds a component whose factory has services of its own.</summary>
    /// <typeparam name="TComponent">What it takes the place of: one of the interfaces of <see cref="ComponentKinds"/>.</typeparam>
    /// <typeparam name="TFactory">Makes the component; it is made once, with the host's services.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="className">The manifest's <c>class_name</c>.</param>
    /// <param name="pipeline">The pipeline whose connector it is for; null for all.</param>
    public static IServiceCollection AddConnectorComponent<TComponent, TFactory>(this IServiceCollection services, string className, string? pipeline = null)
        where TComponent : class
        where TFactory : class, IComponentFactory<TComponent> =>
        services.AddSingleton(provider =>
        {
            TFactory factory = ActivatorUtilities.CreateInstance<TFactory>(provider);
            return ComponentRegistration.Of<TComponent>(className, factory.Create, pipeline);
        });

    /// <summary>Adds every class of an assembly that is marked with <see cref="ConnectorComponentAttribute"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="assembly">The assembly.</param>
    public static IServiceCollection AddConnectorComponents(this IServiceCollection services, Assembly assembly) =>
        services.AddConnectorComponents(ConnectorComponentAttribute.FindIn(assembly));

    /// <summary>Adds components.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="registrations">The components.</param>
    public static IServiceCollection AddConnectorComponents(this IServiceCollection services, IEnumerable<ComponentRegistration> registrations)
    {
        foreach (ComponentRegistration registration in registrations)
            services.AddSingleton(registration);
        return services;
    }
}
