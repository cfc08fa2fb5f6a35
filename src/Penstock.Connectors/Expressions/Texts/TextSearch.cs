using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary><c>find</c>, <c>index</c>, <c>count</c>, <c>startswith</c>: within <c>[start:end]</c>, in code points.</summary>
internal static class TextSearch
{
    public static Value Find(Value[] a, bool fromEnd)
    {
        var (text, from, to) = Range(a);
        var wanted = TextMethods.Need(a[1]);
        if (from > to)
            return -1L;
        var span = text.AsSpan(from, to - from);
        var at = fromEnd ? span.LastIndexOf(wanted, StringComparison.Ordinal) : span.IndexOf(wanted, StringComparison.Ordinal);
        return at < 0 ? -1L : ToPoints(text, from + at);
    }

    public static Value Index(Value[] a, bool fromEnd)
    {
        var found = Find(a, fromEnd);
        return found.TryGetInt64(out var at) && at < 0 ? throw ValueException.Bad("substring not found") : found;
    }

    public static Value Count(Value[] a)
    {
        var (text, from, to) = Range(a);
        var wanted = TextMethods.Need(a[1]);
        if (from > to)
            return 0L;
        return wanted.Length == 0 ? CodePoints.Count(text[from..to]) + 1 : text.AsSpan(from, to - from).Count(wanted);
    }

    /// <summary>Whether the text starts or ends with one of the texts.</summary>
    public static Value Matches(Value[] a, bool atEnd)
    {
        var (text, from, to) = Range(a);
        var candidates = a[1].AsTuple is { } tuple ? tuple.Elements.Select(e => Candidate(e)) : [Candidate(a[1])];
        foreach (var candidate in candidates)
        {
            var span = from <= to ? text.AsSpan(from, to - from) : default;
            if (from <= to && (atEnd ? span.EndsWith(candidate, StringComparison.Ordinal) : span.StartsWith(candidate, StringComparison.Ordinal)))
                return true;
        }

        return false;
    }

    private static string Candidate(in Value value) => value.AsText
        ?? throw ValueException.Type($"first arg must be str or a tuple of str, not {value.TypeName}");

    private static (string Text, int From, int To) Range(Value[] a)
    {
        var text = a[0].AsText!;
        if (a[2].IsNone && a[3].IsNone)
            return (text, 0, text.Length);
        var count = CodePoints.Count(text);
        var from = a[2].IsNone ? 0 : Bound(a[2], count);
        var to = a[3].IsNone ? count : Math.Min(Bound(a[3], count), count);
        return from > count ? (text, text.Length + 1, text.Length) : (text, ToUnits(text, from), ToUnits(text, to));
    }

    private static long Bound(in Value value, long count)
    {
        if (!Numbers.IsInteger(value))
            throw ValueException.Type("slice indices must be integers or None or have an __index__ method");
        var bound = value.TryGetIndex(out var small) ? small : Numbers.ToInteger(value).Sign * (count + 1);
        return bound < 0 ? Math.Max(0, bound + count) : bound;
    }

    private static int ToUnits(string text, long points)
    {
        if (CodePoints.AreUnits(text))
            return (int)points;
        var unit = 0;
        for (; points > 0; points--)
            unit += CodePoints.Width(text, unit);
        return unit;
    }

    private static long ToPoints(string text, int units) => CodePoints.AreUnits(text) ? units : CodePoints.Count(text[..units]);
}
