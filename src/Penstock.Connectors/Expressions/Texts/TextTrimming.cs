using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Syntax;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary><c>strip</c>, <c>removeprefix</c> and the like.</summary>
internal static class TextTrimming
{
    /// <summary>Takes away white space, or any of the given characters.</summary>
    public static string Trim(string text, in Value characters, bool start, bool end)
    {
        var set = characters.IsNone ? null : TextMethods.Need(characters);
        if (set is not null && !CodePoints.AreUnits(set))
            return TrimPoints(text, CodePoints.Split(set), start, end);
        var from = 0;
        var to = text.Length;
        while (start && from < to && IsTrimmed(text[from], set))
            from++;
        while (end && to > from && IsTrimmed(text[to - 1], set))
            to--;
        return text[from..to];
    }

    public static string RemovePrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;

    public static string RemoveSuffix(string text, string suffix) =>
        suffix.Length > 0 && text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text;

    private static bool IsTrimmed(char c, string? set) => set is null ? PythonSpace.Is(c) : set.Contains(c);

    private static string TrimPoints(string text, string[] set, bool start, bool end)
    {
        var points = CodePoints.Split(text).AsSpan();
        while (start && points.Length > 0 && set.Contains(points[0]))
            points = points[1..];
        while (end && points.Length > 0 && set.Contains(points[^1]))
            points = points[..^1];
        return string.Concat(points);
    }
}
