using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Components;

/// <summary>Resolves a manifest's <c>class_name</c> to a registered component.</summary>
internal static class CustomComponent
{
    /// <summary>Whether a node is code of the connector's author.</summary>
    public static bool Is(ManifestNode node) => ComponentTypes.IsCustom(node.Type) && node.Has("class_name");

    /// <summary>Whether a node is code that is registered.</summary>
    public static bool IsRegistered(ManifestNode node) => Is(node) && node.Components.Has(node.Text("class_name"));

    /// <summary>Makes a component; null (and reported) if it isn't registered or can't be made.</summary>
    /// <param name="node">The component.</param>
    /// <param name="connector">What the connector's streams share.</param>
    /// <param name="builtIn">Reads a component of the format of the same kind; null if it can't work.</param>
    /// <param name="stream">Builds a stream, for kinds that have parents.</param>
    public static T? Make<T>(ManifestNode node, ConnectorScope connector, Func<ManifestNode, T?>? builtIn = null, Func<ManifestNode, IStream?>? stream = null)
        where T : class =>
        Make<T>(node, new ComponentParts(node, connector, builtIn is null ? null : other => builtIn(other), stream));

    /// <summary>Makes a component from parts.</summary>
    public static T? Make<T>(ManifestNode node, ComponentParts parts)
        where T : class
    {
        if (node.Components.Find(node.Text("class_name")) is not { } registration)
        {
            TellUnregistered(node);
            return null;
        }

        try
        {
            if (registration.Create(parts) is T made) return made;
            node.Error($"{Name(node)} is registered as {registration.Kind.Name}, but here {typeof(T).Name} is needed.", $"Register a component that implements {typeof(T).Name}.");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            node.Error($"{Name(node)} can't be made: {fault.Message}", "Correct the component, or what the manifest says of it.");
        }

        return null;
    }

    /// <summary>Reports a component that nobody registered: what it is, what it blocks, and what to do.</summary>
    public static void TellUnregistered(ManifestNode node)
    {
        var className = node.Text("class_name");
        var kind = ComponentKinds.All.GetValueOrDefault(node.Type)?.Name;
        var stands = $"{Name(node)} is code of the connector's author and isn't registered";
        var fix = kind is null
            ? $"Penstock has no components of the type {node.Type}: replace it by a declarative one."
            : $"Write it in C# and register it: services.AddConnectorComponent<{kind}>(\"{className}\", parts => …); see docs/connectors.md.";
        // Without a state in an old form nothing is missing, and a schema only describes.
        var isNeeded = node.Type is not ("CustomSchemaLoader" or "CustomStateMigration");
        var message = stands + (!isNeeded ? "; it is left out." : node.StreamName is { } stream ? $": the stream '{stream}' can't run." : ": no stream of this connector can run.");
        // One component is often needed at many places of a stream: it is told once.
        if (node.Problems.Repeats(message)) return;
        if (isNeeded) node.Error(message, fix);
        else node.Warning(message, fix);
    }

    private static string Name(ManifestNode node) => $"The component {node.Type} '{node.Text("class_name")}'";
}
