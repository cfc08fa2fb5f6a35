using System.Collections.Frozen;

namespace Penstock.Connectors.Components;

/// <summary>
/// The components of your own, in C#, that stand in for the Python classes which manifests name (<c>class_name</c>). Safe to
/// share between threads.
/// </summary>
public sealed class ConnectorComponents
{
    private readonly ComponentRegistration[] _registrations;
    private readonly FrozenDictionary<string, ComponentRegistration> _byName;

    /// <summary>The registered components; of two with one name the later wins.</summary>
    /// <param name="registrations">The registrations.</param>
    public ConnectorComponents(IEnumerable<ComponentRegistration> registrations)
        : this([.. registrations], pipeline: null)
    {
    }

    private ConnectorComponents(ComponentRegistration[] registrations, string? pipeline)
    {
        _registrations = registrations;
        var visible = new Dictionary<string, ComponentRegistration>(StringComparer.Ordinal);
        // A pipeline's own component wins over one for all, whatever their order.
        foreach (var registration in registrations.Where(one => one.Pipeline is null)) visible[registration.ClassName] = registration;
        foreach (var registration in registrations.Where(one => one.Pipeline is not null && one.Pipeline == pipeline)) visible[registration.ClassName] = registration;
        _byName = visible.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Nothing is registered.</summary>
    public static ConnectorComponents None { get; } = new([]);

    /// <summary>What the connector of a pipeline sees: the components for all, and its own.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    public ConnectorComponents For(string pipeline) => _registrations.Any(one => one.Pipeline is not null) ? new(_registrations, pipeline) : this;

    internal bool Has(string? className) => className is not null && _byName.ContainsKey(className);

    internal ComponentRegistration? Find(string? className) => className is null ? null : _byName.GetValueOrDefault(className);
}
