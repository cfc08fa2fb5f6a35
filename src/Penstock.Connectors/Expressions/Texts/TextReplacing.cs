using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary><c>text.replace(old, new, count)</c>.</summary>
internal static class TextReplacing
{
    public static Value Replace(Evaluation evaluation, in Value self, in Value old, in Value with, long count)
    {
        var replacement = TextMethods.Need(with);
        if (self.AsObject is MarkupValue)
            replacement = Html.Escape(with);
        return TextMethods.Like(self, Replace(evaluation, self.AsText!, TextMethods.Need(old), replacement, count));
    }

    /// <summary>Replaces the first <paramref name="count"/> occurrences, all if it is negative.</summary>
    public static string Replace(Evaluation evaluation, string text, string old, string replacement, long count)
    {
        if (count == 0)
            return text;
        if (old.Length == 0)
            return Interleave(evaluation, text, replacement, count);
        var found = text.AsSpan().Count(old);
        if (found == 0)
            return text;
        var most = count < 0 ? found : Math.Min(found, count);
        evaluation.Text(text.Length + ((replacement.Length - (long)old.Length) * most));
        if (most == found)
            return text.Replace(old, replacement, StringComparison.Ordinal);
        var result = new StringBuilder();
        var from = 0;
        for (; most > 0; most--)
        {
            var at = text.IndexOf(old, from, StringComparison.Ordinal);
            result.Append(text, from, at - from).Append(replacement);
            from = at + old.Length;
        }

        return result.Append(text, from, text.Length - from).ToString();
    }

    // Nothing is found before each character and at the end.
    private static string Interleave(Evaluation evaluation, string text, string replacement, long count)
    {
        var points = CodePoints.Split(text);
        var most = count < 0 ? points.Length + 1 : Math.Min(points.Length + 1, count);
        evaluation.Text(text.Length + (most * replacement.Length));
        var result = new StringBuilder();
        for (var i = 0; i <= points.Length; i++)
        {
            if (i < most)
                result.Append(replacement);
            if (i < points.Length)
                result.Append(points[i]);
        }

        return result.ToString();
    }
}
