using Penstock.Connectors.Components;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Records.Transformations;

/// <summary>Reads transformations.</summary>
internal static class TransformationReader
{
    public static IReadOnlyList<ITransformation> Read(IEnumerable<ManifestNode> nodes, ConnectorScope connector) =>
        [.. nodes.Select(node => Read(node, connector)).OfType<ITransformation>()];

    /// <summary>Reads one of the manifest's own; null (and reported) for anything else.</summary>
    public static ITransformation? ReadOwn(ManifestNode node)
    {
        if (Own(node) is { } own)
        {
            return own;
        }

        node.Unsupported("AddFields", "RemoveFields", "KeysToLower", "KeysToSnakeCase", "KeysReplace", "FlattenFields", "DpathFlattenFields");
        return null;
    }

    private static ITransformation? Read(ManifestNode node, ConnectorScope connector) =>
        CustomComponent.Is(node) ? CustomComponent.Make<ITransformation>(node, connector, other => Read(other, connector)) : ReadOwn(node);

    private static ITransformation? Own(ManifestNode node) => node.Type switch
    {
        "AddFields" => AddFields.Read(node),
        "RemoveFields" => RemoveFields.Read(node),
        "KeysToLower" => new KeysToLower(),
        "KeysToSnakeCase" => new KeysToSnakeCase(),
        "KeysReplace" => new KeysReplace(node.RequiredTemplate("old"), node.RequiredTemplate("new")),
        "FlattenFields" => new FlattenFields(node.Flag("flatten_lists", absent: true)),
        "DpathFlattenFields" => DpathFlattenFields.Read(node),
        _ => null,
    };
}
