namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>White space as Python's <c>str.isspace</c> and <c>\s</c> have it: Unicode's, and the separators U+001C to U+001F.</summary>
internal static class PythonSpace
{
    public static bool Is(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    public static int Skip(string text, int position)
    {
        while (position < text.Length && Is(text[position]))
            position++;
        return position;
    }

    public static string TrimEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && Is(text[end - 1]))
            end--;
        return text[..end];
    }

    public static string TrimStart(string text) => text[Skip(text, 0)..];
}
