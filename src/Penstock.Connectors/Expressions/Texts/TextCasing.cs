using System.Globalization;
using System.Text;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary>Upper, lower and title case with Unicode's full mappings (one letter may become several), as Python has them.</summary>
internal static class TextCasing
{
    public static string Upper(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\x7f'))
            return text.ToUpperInvariant();
        var result = new StringBuilder(text.Length);
        foreach (var c in text.ToUpperInvariant())
            result.Append(SpecialCasing.Upper(c) ?? c.ToString());
        return result.ToString();
    }

    public static string Lower(string text)
    {
        var lower = text.ToLowerInvariant();
        if (!text.AsSpan().ContainsAny('Σ', 'İ'))
            return lower;
        var result = new StringBuilder(lower.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == 'Σ')
                result.Append(IsFinal(text, i) ? 'ς' : 'σ');
            else
                result.Append(text[i] == 'İ' ? "i\u0307" : lower[i].ToString());
        }

        return result.ToString();
    }

    /// <summary>For comparing without case.</summary>
    public static string Fold(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in Lower(text))
            result.Append(c switch { 'ς' => "σ", 'ſ' => "s", 'ϐ' => "β", 'ϑ' => "θ", 'µ' => "μ", _ => SpecialCasing.Upper(c) is { } upper ? upper.ToLowerInvariant() : c.ToString() });
        return result.ToString();
    }

    public static string Capitalize(string text)
    {
        if (text.Length == 0)
            return text;
        var width = CodePoints.Width(text, 0);
        return TitleLetter(text[..width]) + Lower(text)[Lower(text[..width]).Length..];
    }

    public static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var lower = Lower(text);
        var inWord = false;
        for (var i = 0; i < text.Length; i++)
        {
            var isLetter = TextKinds.IsCased(text, i);
            result.Append(!isLetter ? text[i].ToString() : inWord ? LowerAt(text, lower, i) : TitleLetter(text[i].ToString()));
            inWord = isLetter;
        }

        return result.ToString();
    }

    public static string Swap(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            result.Append(char.IsUpper(text, i) ? Lower(text[i].ToString()) : Upper(text[i].ToString()));
        return result.ToString();
    }

    private static string TitleLetter(string letter) => letter switch
    {
        "ß" => "Ss",
        "Ǆ" or "ǅ" or "ǆ" => "ǅ",
        "Ǉ" or "ǈ" or "ǉ" => "ǈ",
        "Ǌ" or "ǋ" or "ǌ" => "ǋ",
        "Ǳ" or "ǲ" or "ǳ" => "ǲ",
        "ŉ" => "ʼN",
        "ǰ" => "J\u030c",
        _ when letter[0] is >= 'ﬀ' and <= 'ﬆ' => Upper(letter)[..1] + Upper(letter)[1..].ToLowerInvariant(),
        _ => Upper(letter),
    };

    private static string LowerAt(string text, string lower, int index) =>
        lower.Length == text.Length ? lower[index].ToString() : Lower(text[index].ToString());

    // A sigma at the end of a word, when a letter stands before it and none after it.
    private static bool IsFinal(string text, int index)
    {
        var before = index - 1;
        while (before >= 0 && IsIgnorable(text, before))
            before--;
        var after = index + 1;
        while (after < text.Length && IsIgnorable(text, after))
            after++;
        return before >= 0 && TextKinds.IsCased(text, before) && (after == text.Length || !TextKinds.IsCased(text, after));
    }

    private static bool IsIgnorable(string text, int index) => CharUnicodeInfo.GetUnicodeCategory(text, index)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter
        || text[index] is '\'' or '.' or ':' or '\u00b7' or '\u2019';
}
