using System.Text;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>
/// <c>\N{NAME}</c>. .NET has no table of Unicode names, so these are the ones that templates could need: spaces, dashes,
/// quotes, currencies and common signs.
/// </summary>
internal static class CharacterNames
{
    private static readonly Dictionary<string, char> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SPACE"] = ' ', ["NO-BREAK SPACE"] = '\u00a0', ["ZERO WIDTH SPACE"] = '\u200b', ["THIN SPACE"] = '\u2009',
        ["QUOTATION MARK"] = '"', ["APOSTROPHE"] = '\'', ["REVERSE SOLIDUS"] = '\\', ["SOLIDUS"] = '/', ["VERTICAL LINE"] = '|',
        ["LEFT CURLY BRACKET"] = '{', ["RIGHT CURLY BRACKET"] = '}', ["PERCENT SIGN"] = '%', ["NUMBER SIGN"] = '#',
        ["AMPERSAND"] = '&', ["LESS-THAN SIGN"] = '<', ["GREATER-THAN SIGN"] = '>', ["DOLLAR SIGN"] = '$', ["COMMERCIAL AT"] = '@',
        ["EN DASH"] = '\u2013', ["EM DASH"] = '\u2014', ["HYPHEN"] = '\u2010', ["SOFT HYPHEN"] = '\u00ad', ["BULLET"] = '\u2022',
        ["LEFT SINGLE QUOTATION MARK"] = '\u2018', ["RIGHT SINGLE QUOTATION MARK"] = '\u2019',
        ["LEFT DOUBLE QUOTATION MARK"] = '\u201c', ["RIGHT DOUBLE QUOTATION MARK"] = '\u201d', ["HORIZONTAL ELLIPSIS"] = '\u2026',
        ["EURO SIGN"] = '\u20ac', ["POUND SIGN"] = '\u00a3', ["YEN SIGN"] = '\u00a5', ["CENT SIGN"] = '\u00a2', ["SECTION SIGN"] = '\u00a7',
        ["COPYRIGHT SIGN"] = '\u00a9', ["REGISTERED SIGN"] = '\u00ae', ["TRADE MARK SIGN"] = '\u2122', ["DEGREE SIGN"] = '\u00b0',
        ["PLUS-MINUS SIGN"] = '\u00b1', ["MULTIPLICATION SIGN"] = '\u00d7', ["MIDDLE DOT"] = '\u00b7', ["BYTE ORDER MARK"] = '\ufeff',
        ["ZERO WIDTH NO-BREAK SPACE"] = '\ufeff', ["LINE FEED"] = '\n', ["CARRIAGE RETURN"] = '\r', ["NULL"] = '\0',
        ["LEFTWARDS ARROW"] = '\u2190', ["RIGHTWARDS ARROW"] = '\u2192', ["CHECK MARK"] = '\u2713', ["BLACK STAR"] = '\u2605',
        ["SNOWMAN"] = '\u2603', ["BLACK HEART SUIT"] = '\u2665', ["REPLACEMENT CHARACTER"] = '\ufffd',
        ["LATIN SMALL LETTER E WITH ACUTE"] = '\u00e9', ["LATIN SMALL LETTER SHARP S"] = '\u00df',
        ["GREEK SMALL LETTER ALPHA"] = '\u03b1', ["GREEK SMALL LETTER MU"] = '\u03bc', ["GREEK SMALL LETTER PI"] = '\u03c0',
    };

    /// <summary>Decodes <c>N{NAME}</c>; the units used, or -1 if the name isn't known.</summary>
    public static int Decode(string body, int at, StringBuilder result)
    {
        var end = at + 1 < body.Length && body[at + 1] == '{' ? body.IndexOf('}', at) : -1;
        if (end < 0 || !Names.TryGetValue(body[(at + 2)..end], out var c))
            return -1;
        result.Append(c);
        return end - at + 1;
    }
}
