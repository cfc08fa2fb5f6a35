using System.Text;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary>Python's <c>pprint</c> on one line: mappings print sorted by key, as far as their keys have an order.</summary>
internal static class PrettyText
{
    public static string Format(in Value value) => Sorted(value, 0).ToRepr();

    private static Value Sorted(in Value value, int depth)
    {
        if (depth > ValueEquality.MaximumDepth)
            throw new ValueException(ValueErrorKind.Recursion, "the value is nested too deeply to print");
        return value.AsObject switch
        {
            DictValue dict => new DictValue(Order(dict).Select(e => new KeyValuePair<Value, Value>(e.Key, Sorted(e.Value, depth + 1)))),
            ListValue list => new ListValue(list.Elements.ConvertAll(e => Sorted(e, depth + 1))),
            TupleValue tuple => new TupleValue([.. tuple.Elements.Select(e => Sorted(e, depth + 1))]),
            _ => value,
        };
    }

    private static IEnumerable<KeyValuePair<Value, Value>> Order(DictValue dict) => dict.Entries.Keys.All(k => k.AsText is not null)
        ? dict.Entries.OrderBy(e => e.Key.AsText!, Comparer<string>.Create(CodePoints.Compare))
        : dict.Entries.All(e => Numbers.IsNumber(e.Key)) ? dict.Entries.OrderBy(e => Numbers.ToDouble(e.Key)) : dict.Entries;
}
