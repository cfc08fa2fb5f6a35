using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Vectors;

/// <summary>Values in JSON, with a type where JSON can't tell: beside the value at the top, as <c>{"$tuple": […]}</c> inside.</summary>
internal static partial class VectorEncoding
{
    [GeneratedRegex("(?<!^)(?=[A-Z])", RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex WordStart { get; }

    public static (Value Value, string? Type) Encode(in Value value)
    {
        if (value.TryGetFloat(out var number))
            return (double.IsFinite(number) ? value : FloatText.Repr(number), "float");
        if (value.TryGetInteger(out var integer))
            return (value, BigInteger.Abs(integer) > 1L << 53 ? "int" : null);
        return value.Kind switch
        {
            ValueKind.Tuple => (List(value.AsTuple!.Elements), "tuple"),
            ValueKind.Set => (SortedList(value), "set"),
            ValueKind.Bytes => (Latin1(value), "bytes"),
            ValueKind.Dict when !HasTextKeys(value.AsDict!) => (Pairs(value.AsDict!), "dict"),
            _ => value.AsObject is EllipsisValue ? (Value.None, "ellipsis") : (Nested(value), null),
        };
    }

    public static string ErrorName(ValueErrorKind kind) => WordStart.Replace(kind.ToString(), "_").ToLowerInvariant();

    private static Value Nested(Value value)
    {
        if (value.TryGetFloat(out var number) && !double.IsFinite(number))
            return Tagged("$float", FloatText.Repr(number));
        return value.AsObject switch
        {
            ListValue list => List(list.Elements),
            TupleValue tuple => Tagged("$tuple", List(tuple.Elements)),
            SetValue => Tagged("$set", SortedList(value)),
            BytesValue => Tagged("$bytes", Latin1(value)),
            ComplexValue => Tagged("$complex", value.ToString()),
            EllipsisValue => Tagged("$ellipsis", true),
            DictValue dict when !HasTextKeys(dict) => Tagged("$dict", Pairs(dict)),
            DictValue dict => new DictValue(dict.Entries.Select(e => new KeyValuePair<Value, Value>(e.Key, Nested(e.Value)))),
            _ => value,
        };
    }

    private static ListValue List(IEnumerable<Value> items) => new(items.Select(Nested));

    private static ListValue SortedList(in Value set) =>
        new(set.AsObject!.Items!.Select(Nested).OrderBy(v => ValueJsonWriter.ToText(v), StringComparer.Ordinal));

    private static ListValue Pairs(DictValue dict) =>
        new(dict.Entries.Select(e => Value.Of(new ListValue([Nested(e.Key), Nested(e.Value)]))));

    private static string Latin1(in Value bytes) => Encoding.Latin1.GetString(((BytesValue)bytes.AsObject!).Content.Span);

    private static bool HasTextKeys(DictValue dict) => dict.Entries.Keys.All(k => k.AsText is not null);

    private static DictValue Tagged(string tag, Value value) => new([new(tag, value)]);
}
