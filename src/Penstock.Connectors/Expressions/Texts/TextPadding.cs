using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

internal enum TextAlignment
{
    Left,
    Right,
    Center,
}

/// <summary><c>center</c>, <c>ljust</c>, <c>rjust</c>, <c>zfill</c>, <c>expandtabs</c>.</summary>
internal static class TextPadding
{
    public static Value Pad(Evaluation evaluation, Value[] a, TextAlignment alignment)
    {
        var fill = TextMethods.Need(a[2]);
        if (CodePoints.Count(fill) != 1)
            throw ValueException.Type("The fill character must be exactly one character long");
        return TextMethods.Like(a[0], Pad(evaluation, a[0].AsText!, Integers.ToIndex(a[1]), fill, alignment));
    }

    public static string Pad(Evaluation evaluation, string text, long width, string fill, TextAlignment alignment)
    {
        var missing = width - CodePoints.Count(text);
        if (missing <= 0)
            return text;
        evaluation.Text(width);
        // Python puts the odd one of a centred text to the left if the width is odd.
        var left = alignment switch
        {
            TextAlignment.Left => 0,
            TextAlignment.Right => missing,
            _ => (missing / 2) + (missing & width & 1),
        };
        return Repeat(fill, left) + text + Repeat(fill, missing - left);
    }

    public static Value ZeroFill(Evaluation evaluation, in Value self, long width)
    {
        var text = self.AsText!;
        var sign = text.StartsWith('-') || text.StartsWith('+') ? text[..1] : string.Empty;
        return TextMethods.Like(self, sign + Pad(evaluation, text[sign.Length..], width - sign.Length, "0", TextAlignment.Right));
    }

    public static string ExpandTabs(Evaluation evaluation, string text, long tabSize)
    {
        var result = new StringBuilder();
        long column = 0;
        foreach (var c in text)
        {
            if (c == '\t')
            {
                var spaces = tabSize > 0 ? tabSize - (column % tabSize) : 0;
                evaluation.Growing(result.Length + spaces);
                result.Append(' ', (int)spaces);
                column += spaces;
            }
            else
            {
                result.Append(c);
                column = c is '\n' or '\r' ? 0 : column + 1;
            }
        }

        return result.ToString();
    }

    private static string Repeat(string fill, long count) =>
        fill.Length == 1 ? new string(fill[0], (int)count) : string.Concat(Enumerable.Repeat(fill, (int)count));
}
