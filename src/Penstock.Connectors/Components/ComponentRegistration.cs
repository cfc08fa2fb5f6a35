namespace Penstock.Connectors.Components;

/// <summary>A component of your own, by the name that manifests have for it.</summary>
/// <param name="ClassName">The manifest's <c>class_name</c>, for example <c>source_acme.components.AcmeAuthenticator</c>.</param>
/// <param name="Kind">What it takes the place of: one of the interfaces of <see cref="ComponentKinds"/>.</param>
/// <param name="Create">Makes it; gives an instance of <paramref name="Kind"/>.</param>
/// <param name="Pipeline">
/// The pipeline whose connector it is for; null for all. Public manifests often share names such as
/// <c>source_declarative_manifest.components.CustomAuthenticator</c>.
/// </param>
public sealed record ComponentRegistration(string ClassName, Type Kind, Func<ComponentParts, object> Create, string? Pipeline = null)
{
    /// <summary>A registration of a component of a known kind.</summary>
    /// <typeparam name="TComponent">The kind, for example <c>ITransformation</c>.</typeparam>
    /// <param name="className">The manifest's <c>class_name</c>.</param>
    /// <param name="create">Makes it.</param>
    /// <param name="pipeline">The pipeline whose connector it is for; null for all.</param>
    /// <exception cref="ArgumentException">Manifests have no components of that kind.</exception>
    public static ComponentRegistration Of<TComponent>(string className, Func<ComponentParts, TComponent> create, string? pipeline = null)
        where TComponent : class
    {
        ArgumentException.ThrowIfNullOrEmpty(className);
        ArgumentNullException.ThrowIfNull(create);
        if (!ComponentKinds.Interfaces.Contains(typeof(TComponent)))
            throw new ArgumentException($"{typeof(TComponent).Name} isn't a kind of component. Use one of {ComponentKinds.InterfaceNames}.", nameof(create));
        return new ComponentRegistration(className, typeof(TComponent), create, pipeline);
    }
}
