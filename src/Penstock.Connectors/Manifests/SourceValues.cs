using System.Numerics;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Manifests;

/// <summary>Manifest nodes as values, and values as manifest nodes.</summary>
internal static class SourceValues
{
    /// <summary>A value as a node that stands where another node stood.</summary>
    public static SourceNode ToNode(Value value, SourceMark mark)
    {
        if (value.AsDict is { } dict)
        {
            var fields = new SourceMap();
            foreach (var (key, field) in dict.Entries) fields.Set(key.ToString(), ToNode(field, mark));
            return SourceNode.OfFields(fields, mark);
        }

        if (value.AsObject is ListValue or TupleValue) return SourceNode.OfItems([.. value.AsObject.Items!.Select(item => ToNode(item, mark))], mark);
        if (value.TryGetBool(out var flag)) return SourceNode.OfScalar(flag, mark);
        if (value.TryGetInteger(out var whole)) return SourceNode.OfScalar(whole, mark);
        if (value.TryGetFloat(out var number)) return SourceNode.OfScalar(number, mark);
        return SourceNode.OfScalar(value.IsNone ? null : value.ToString(), mark);
    }

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
