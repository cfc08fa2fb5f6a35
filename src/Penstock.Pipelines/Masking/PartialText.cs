using System.Text;

namespace Penstock.Pipelines.Masking;

/// <summary>Hides a part of a text. At least half of its characters are hidden, or all.</summary>
internal static class PartialText
{
    private const string Hidden = "***";
    private const int LastDigits = 4;

    public static string Of(string text, PartialValue rule) => rule.Kind switch
    {
        PartialKind.Email => Email(text),
        PartialKind.Phone => Digits(text, least: 2 * LastDigits - 1),
        PartialKind.Card => Digits(text, least: 12),
        PartialKind.Text => Ends(text, rule.First, rule.Last),
        _ => text.Contains('@', StringComparison.Ordinal) ? Email(text) : IsNumberLike(text) ? Digits(text, 2 * LastDigits - 1) : Ends(text, 1, 0),
    };

    // The local part's length tells much about a name: it is hidden, too.
    private static string Email(string text)
    {
        int at = text.LastIndexOf('@');
        if (at < 1 || at == text.Length - 1)
            return Hidden;
        ReadOnlySpan<char> domain = text.AsSpan(at);
        return Rune.TryGetRuneAt(text, 0, out Rune first) && first.Utf16SequenceLength < at ? $"{first}{Hidden}{domain}" : $"{Hidden}{domain}";
    }

    private static string Digits(string text, int least)
    {
        int digits = text.Count(char.IsDigit);
        if (digits < least)
            return Hidden;
        int seen = 0;
        return string.Create(text.Length, text, (result, source) =>
        {
            for (int i = 0; i < result.Length; i++)
            {
                bool isDigit = char.IsDigit(source[i]);
                seen += isDigit ? 1 : 0;
                // A letter between digits may be anything; only what separates stays.
                result[i] = isDigit ? seen > digits - LastDigits ? source[i] : '*' : char.IsLetter(source[i]) || char.IsSurrogate(source[i]) ? '*' : source[i];
            }
        });
    }

    private static string Ends(string text, int first, int last)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        if (2 * (first + last) > runes.Length)
            return Hidden;
        var result = new StringBuilder();
        for (int i = 0; i < first; i++)
            result.Append(runes[i]);
        result.Append(Hidden);
        for (int i = runes.Length - last; i < runes.Length; i++)
            result.Append(runes[i]);
        return result.ToString();
    }

    private static bool IsNumberLike(string text) =>
        text.Count(char.IsDigit) >= 2 * LastDigits - 1 && text.All(c => char.IsDigit(c) || c is ' ' or '+' or '-' or '(' or ')' or '/' or '.');
}
