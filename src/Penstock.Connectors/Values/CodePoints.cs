using System.Text;

namespace Penstock.Connectors.Values;

/// <summary>A text by Unicode code points, as Python counts it, over .NET's UTF-16.</summary>
internal static class CodePoints
{
    /// <summary>Whether every code point is one UTF-16 unit, which is nearly always so.</summary>
    public static bool AreUnits(ReadOnlySpan<char> text) => !text.ContainsAnyInRange('\uD800', '\uDFFF');

    public static long Count(string text)
    {
        if (AreUnits(text))
            return text.Length;
        long count = 0;
        for (var i = 0; i < text.Length; i += Width(text, i))
            count++;
        return count;
    }

    /// <summary>Each code point as a text; a lone surrogate is one of its own.</summary>
    public static IEnumerable<Value> Each(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var width = Width(text, i);
            yield return At(text, i, width);
            i += width;
        }
    }

    /// <summary>The code points as texts, for random access.</summary>
    public static string[] Split(string text) => [.. Each(text).Select(v => v.AsText!)];

    public static string At(string text, int index, int width) =>
        width == 1 && text[index] < 128 ? SingleCharacters[text[index]] : text.Substring(index, width);

    public static int Width(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;

    /// <summary>Order by code points. UTF-16 order differs where surrogates meet U+E000 and above.</summary>
    public static int Compare(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        var same = left.AsSpan(0, length).CommonPrefixLength(right);
        if (same == length)
            return left.Length.CompareTo(right.Length);
        return Rank(left[same]).CompareTo(Rank(right[same]));
    }

    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;

    private static readonly string[] SingleCharacters = [.. Enumerable.Range(0, 128).Select(i => new Rune(i).ToString())];
}
