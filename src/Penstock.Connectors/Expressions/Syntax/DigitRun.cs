namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>Digits with single underscores between them, as Python's numbers have them.</summary>
internal static class DigitRun
{
    /// <summary>How many characters from here on are digits and underscores between digits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="isDigit">What a digit is.</param>
    /// <param name="leadingUnderscore">Whether an underscore may stand before the first digit, as behind <c>0x</c>.</param>
    public static int Length(string text, int start, Func<char, bool> isDigit, bool leadingUnderscore = false)
    {
        var end = start;
        while (end < text.Length)
        {
            if (isDigit(text[end]))
                end++;
            else if (text[end] == '_' && (end > start || leadingUnderscore) && text[end - 1] != '_' && end + 1 < text.Length && isDigit(text[end + 1]))
                end++;
            else
                break;
        }

        return end - start;
    }

    /// <summary>How many characters from here on are an exponent: <c>e</c>, a sign, digits; 0 if none is complete.</summary>
    public static int ExponentLength(string text, int start)
    {
        if (start >= text.Length || text[start] is not ('e' or 'E'))
            return 0;
        var digits = start + 1 < text.Length && text[start + 1] is '+' or '-' ? start + 2 : start + 1;
        var length = Length(text, digits, char.IsAsciiDigit);
        return length == 0 ? 0 : digits + length - start;
    }

    /// <summary>The digits of an integer with a prefix (<c>0x</c>, <c>0o</c>, <c>0b</c>), prefix included; 0 if there is none.</summary>
    public static int PrefixedLength(string text, int start)
    {
        if (start + 1 >= text.Length || text[start] != '0')
            return 0;
        Func<char, bool>? isDigit = text[start + 1] switch
        {
            'x' or 'X' => char.IsAsciiHexDigit,
            'o' or 'O' => c => c is >= '0' and <= '7',
            'b' or 'B' => c => c is '0' or '1',
            _ => null,
        };
        var length = isDigit is null ? 0 : Length(text, start + 2, isDigit, leadingUnderscore: true);
        return length == 0 ? 0 : length + 2;
    }
}
