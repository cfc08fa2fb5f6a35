using Penstock.Connectors.Components;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Records.Transformations;

/// <summary>Reads transformations.</summary>
internal static class TransformationReader
{
    public static IReadOnlyList<ITransformation> Read(IEnumerable<ManifestNode> nodes, ConnectorScope connector) =>
        [.. nodes.Select(node => Read(node, connector)).OfType<ITransformation>()];

    private static ITransformation? Read(ManifestNode node, ConnectorScope connector)
    {
        switch (node.Type)
        {
            case "AddFields":
                return AddFields.Read(node);
            case "RemoveFields":
                return RemoveFields.Read(node);
            case "KeysToLower":
                return new KeysToLower();
            case "KeysToSnakeCase":
                return new KeysToSnakeCase();
            case "KeysReplace":
                return new KeysReplace(node.RequiredTemplate("old"), node.RequiredTemplate("new"));
            case "FlattenFields":
                return new FlattenFields(node.Flag("flatten_lists", absent: true));
            case "DpathFlattenFields":
                return DpathFlattenFields.Read(node);
            default:
                if (CustomComponent.Is(node))
                {
                    return CustomComponent.Make<ITransformation>(node, connector, other => Read(other, connector));
                }

                node.Unsupported("AddFields", "RemoveFields", "KeysToLower", "KeysToSnakeCase", "KeysReplace", "FlattenFields", "DpathFlattenFields");
                return null;
        }
    }
}
