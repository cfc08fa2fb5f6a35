using System.Globalization;
using System.Text;

namespace Penstock.Connectors.Values;

/// <summary>Python's <c>repr</c> of texts and bytes.</summary>
internal static class TextRepr
{
    public static void Append(StringBuilder target, string text, bool asciiOnly = false)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        target.Append(quote);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= ' ' and < '\x7f')
            {
                if (c == quote || c == '\\')
                    target.Append('\\');
                target.Append(c);
            }
            else if (!asciiOnly && char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                AppendRune(target, new Rune(c, text[++i]));
            }
            else
            {
                AppendOther(target, c, asciiOnly);
            }
        }

        target.Append(quote);
    }

    private static void AppendRune(StringBuilder target, Rune rune)
    {
        if (IsPrintable(Rune.GetUnicodeCategory(rune)))
            target.Append(rune.ToString());
        else
            target.Append("\\U").Append(rune.Value.ToString("x8"));
    }

    private static void AppendOther(StringBuilder target, char c, bool asciiOnly)
    {
        if (c is '\n' or '\r' or '\t')
            target.Append('\\').Append(c switch { '\n' => 'n', '\r' => 'r', _ => 't' });
        else if (!asciiOnly && c > '\x7f' && IsPrintable(CharUnicodeInfo.GetUnicodeCategory(c)))
            target.Append(c);
        else if (c <= '\xff')
            target.Append("\\x").Append(((int)c).ToString("x2"));
        else
            target.Append("\\u").Append(((int)c).ToString("x4"));
    }

    internal static bool IsPrintable(UnicodeCategory category) => category is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
