using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Partitions;

/// <summary>Partitions as canonical JSON: keys sorted on every level, no white space.</summary>
internal static class PartitionJson
{
    public static string Write(Value partition) => ValueJsonWriter.ToText(Sorted(partition));

    public static DictValue Read(string partition) => ValueJsonReader.Read(partition).AsDict ?? new DictValue();

    /// <summary>A slice for a partition, to be given windows.</summary>
    public static StreamSlice Slice(DictValue partition, DictValue? extraFields = null) =>
        new(Write(partition), null, extraFields is { Length: > 0 } ? ValueJsonWriter.ToText(extraFields) : null);

    private static Value Sorted(Value value)
    {
        if (value.AsDict is { } dict)
        {
            return new DictValue(dict.Entries.OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal)
                .Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value))));
        }

        if (value.AsList is { } list) return new ListValue(list.Elements.Select(Sorted));
        return value.AsTuple is { Items: { } items } ? new ListValue(items.Select(Sorted)) : value;
    }
}
