using System.Globalization;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>The characters of names: Python's identifiers.</summary>
internal static class NameCharacters
{
    /// <summary>How many UTF-16 units of a name begin here; 0 if none.</summary>
    public static int Length(string source, int start)
    {
        var end = start;
        while (end < source.Length && IsPart(source, end))
            end += char.IsHighSurrogate(source[end]) ? 2 : 1;
        return end - start;
    }

    public static bool CanStart(string name) =>
        name[0] == '_' || CharUnicodeInfo.GetUnicodeCategory(name, 0) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    private static bool IsPart(string source, int index)
    {
        var c = source[index];
        if (c < 128)
            return char.IsAsciiLetterOrDigit(c) || c == '_';
        return CharUnicodeInfo.GetUnicodeCategory(source, index) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;
    }
}
