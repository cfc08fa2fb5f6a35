using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records;

/// <summary><c>RecordExpander</c>: the items of a list inside each record become records themselves.</summary>
internal sealed class RecordExpander(IReadOnlyList<string> path, bool keepsOriginal, bool emitsParent)
{
    public static RecordExpander? Read(ManifestNode? node, EvaluationContext config) => node is null ? null : new(
        node.TemplateList("expand_records_from_field").EvaluateTexts(config),
        node.Flag("remain_original_record"),
        node.Text("on_no_records") == "emit_parent");

    public IEnumerable<Value> Expand(Value record)
    {
        if (record.AsDict is null || path.Count == 0)
        {
            return [record];
        }

        var items = Dpath.Values(record, path).Where(found => found.AsList is not null).SelectMany(found => found.AsList!.Elements).ToList();
        return items.Count == 0 && emitsParent ? [record] : items.Select(item => WithOriginal(item, record));
    }

    private Value WithOriginal(Value item, Value record)
    {
        if (!keepsOriginal)
        {
            return item;
        }

        var expanded = item.AsDict is { } dict ? new DictValue(dict.Entries) : new DictValue([KeyValuePair.Create<Value, Value>("value", item)]);
        expanded["original_record"] = record;
        return expanded;
    }
}
