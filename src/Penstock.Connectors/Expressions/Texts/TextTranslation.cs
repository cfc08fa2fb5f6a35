using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary><c>text.translate(table)</c> and <c>maketrans</c>: tables from code points to texts, code points or none.</summary>
internal static class TextTranslation
{
    public static string Translate(string text, in Value table)
    {
        if (text.Length > 0 && table.AsObject is not (DictValue or ListValue or TupleValue) && table.AsText is null)
            throw ValueException.Type($"'{table.TypeName}' object is not subscriptable");
        var result = new StringBuilder(text.Length);
        foreach (var point in CodePoints.Split(text))
        {
            var code = (long)char.ConvertToUtf32(point, 0);
            if (!Access.TryItem(table, code, out var to))
                result.Append(point);
            else if (!to.IsNone)
                result.Append(to.AsText ?? (to.TryGetIndex(out var number) ? FromCode(number) : throw ValueException.Type("character mapping must return integer, None or str")));
        }

        return result.ToString();
    }

    public static Value MakeTable(in Value x, in Value y, in Value z)
    {
        var table = new DictValue();
        if (x.AsDict is { } dict)
        {
            foreach (var (key, value) in dict.Entries)
                table[key.AsText is { } text ? CodeOf(text) : key] = value;
            return table;
        }

        if (x.AsText is not { } from || y.AsText is not { } to)
            throw ValueException.Type("maketrans() needs a mapping or two texts");
        var (froms, tos) = (CodePoints.Split(from), CodePoints.Split(to));
        if (froms.Length != tos.Length)
            throw ValueException.Bad("the first two maketrans arguments must have equal length");
        for (var i = 0; i < froms.Length; i++)
            table[CodeOf(froms[i])] = CodeOf(tos[i]);
        foreach (var deleted in CodePoints.Split(z.AsText ?? string.Empty))
            table[CodeOf(deleted)] = Value.None;
        return table;
    }

    private static Value CodeOf(string point) => CodePoints.Count(point) == 1
        ? char.IsSurrogate(point[0]) && point.Length == 1 ? point[0] : (long)char.ConvertToUtf32(point, 0)
        : throw ValueException.Bad("string keys in translate table must be of length 1");

    private static string FromCode(long code) => code is >= 0 and <= 0x10ffff and not (>= 0xd800 and <= 0xdfff)
        ? char.ConvertFromUtf32((int)code)
        : throw ValueException.Bad("character mapping must be in range(0x110000)");
}
