using System.Numerics;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Manifests;

/// <summary>Manifest nodes as values, and values as manifest nodes.</summary>
internal static class SourceValues
{
    public static Value ToValue(SourceNode node) => node.Kind switch
    {
        NodeKind.Mapping => new DictValue(node.Fields.Pairs.Select(pair => KeyValuePair.Create((Value)pair.Key, ToValue(pair.Value)))),
        NodeKind.Sequence => new ListValue(node.Items.Select(ToValue)),
        _ => node.Scalar switch
        {
            bool flag => flag,
            BigInteger whole => Value.Of(whole),
            double number => number,
            string text => text,
            _ => Value.None,
        },
    };
}
