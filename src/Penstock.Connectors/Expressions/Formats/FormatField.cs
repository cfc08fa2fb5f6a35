using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Formats;

/// <summary>A field's name: <c>first.attribute[key]</c>.</summary>
internal static class FormatField
{
    public static Value Resolve(Evaluation evaluation, string name, Func<string, Value> first)
    {
        var end = name.AsSpan().IndexOfAny('.', '[');
        var value = first(end < 0 ? name : name[..end]);
        while (end >= 0 && end < name.Length)
        {
            evaluation.Step();
            value = name[end] == '.' ? Attribute(value, name, ref end) : Item(value, name, ref end);
        }

        return value;
    }

    private static Value Attribute(in Value value, string name, ref int position)
    {
        var start = position + 1;
        var length = name.AsSpan(start).IndexOfAny('.', '[');
        position = length < 0 ? name.Length : start + length;
        return start == position ? throw ValueException.Bad("Empty attribute in format string") : Access.Attribute(value, name[start..position]);
    }

    private static Value Item(in Value value, string name, ref int position)
    {
        var close = name.IndexOf(']', position);
        if (close < 0)
            throw ValueException.Bad("Missing ']' in format string");
        var key = name[(position + 1)..close];
        position = close + 1;
        if (position < name.Length && name[position] is not ('.' or '['))
            throw ValueException.Bad("Only '.' or '[' may follow ']' in format field specifier");
        return Access.Item(value, long.TryParse(key, System.Globalization.NumberStyles.None, null, out var index) ? index : key);
    }
}
