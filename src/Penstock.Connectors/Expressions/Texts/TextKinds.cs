using System.Globalization;
using Penstock.Connectors.Expressions.Syntax;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary>Python's <c>str.is…</c> questions. An empty text is none of them but ASCII and printable.</summary>
internal static class TextKinds
{
    public static bool IsAlphabetic(string text) => All(text, IsLetter);

    public static bool IsAlphanumeric(string text) => All(text, c => IsLetter(c) || IsNumber(c));

    public static bool IsDecimal(string text) => All(text, c => c is UnicodeCategory.DecimalDigitNumber);

    public static bool IsNumeric(string text) => All(text, IsNumber);

    public static bool IsPrintable(string text) => text.Length == 0 || All(text, (t, i) => t[i] == ' ' || TextRepr.IsPrintable(CharUnicodeInfo.GetUnicodeCategory(t, i)));

    public static bool IsSpace(string text) => text.Length > 0 && text.All(PythonSpace.Is);

    public static bool IsDigit(string text) => All(text, (t, i) => CharUnicodeInfo.GetDigitValue(t, i) >= 0);

    public static bool IsIdentifier(string text) =>
        text.Length > 0 && NameCharacters.CanStart(text) && NameCharacters.Length(text, 0) == text.Length;

    public static bool IsLower(string text) => HasCased(text) && !Any(text, c => c is UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter);

    public static bool IsUpper(string text) => HasCased(text) && !Any(text, c => c is UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter);

    public static bool IsTitle(string text)
    {
        var (inWord, any) = (false, false);
        for (var i = 0; i < text.Length; i += CodePoints.Width(text, i))
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(text, i);
            var isUpper = category is UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter;
            var isLower = category is UnicodeCategory.LowercaseLetter;
            if ((isUpper && inWord) || (isLower && !inWord))
                return false;
            inWord = isUpper || isLower;
            any |= inWord;
        }

        return any;
    }

    public static bool IsCased(string text, int index) => CharUnicodeInfo.GetUnicodeCategory(text, index)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool HasCased(string text) =>
        Any(text, c => c is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter);

    private static bool IsLetter(UnicodeCategory category) => category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    private static bool IsNumber(UnicodeCategory category) =>
        category is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool Any(string text, Func<UnicodeCategory, bool> fits) =>
        text.Length > 0 && !All(text, (t, i) => !fits(CharUnicodeInfo.GetUnicodeCategory(t, i)));

    private static bool All(string text, Func<UnicodeCategory, bool> fits) => All(text, (t, i) => fits(CharUnicodeInfo.GetUnicodeCategory(t, i)));

    private static bool All(string text, Func<string, int, bool> holds)
    {
        for (var i = 0; i < text.Length; i += CodePoints.Width(text, i))
        {
            if (!holds(text, i))
                return false;
        }

        return text.Length > 0;
    }
}
