using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Syntax;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary><c>split</c>, <c>rsplit</c>, <c>splitlines</c>, <c>partition</c>.</summary>
internal static class TextSplitting
{
    public static Value Split(Evaluation evaluation, Value[] a, bool fromEnd)
    {
        var text = a[0].AsText!;
        var limit = Integers.ToIndex(a[2]);
        var most = limit < 0 ? int.MaxValue : (int)Math.Min(limit, int.MaxValue);
        evaluation.Text(text.Length);
        var parts = a[1].IsNone ? (fromEnd ? WordsFromEnd(text, most) : Words(text, most)) : BySeparator(text, TextMethods.Need(a[1]), most, fromEnd);
        evaluation.Steps(parts.Count);
        return List(a[0], parts);
    }

    public static Value Lines(Evaluation evaluation, in Value self, bool keepEnds)
    {
        var text = self.AsText!;
        evaluation.Text(text.Length);
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !IsLineBreak(text[end]))
                end++;
            var next = end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? end + 2 : Math.Min(end + 1, text.Length);
            lines.Add(text[start..(keepEnds ? next : end)]);
            start = next;
        }

        evaluation.Steps(lines.Count);
        return List(self, lines);
    }

    public static Value Partition(in Value self, string separator, bool fromEnd)
    {
        if (separator.Length == 0)
            throw ValueException.Bad("empty separator");
        var text = self.AsText!;
        var at = fromEnd ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        var parts = at >= 0 ? [text[..at], separator, text[(at + separator.Length)..]] : fromEnd ? new[] { "", "", text } : [text, "", ""];
        var model = self;
        return new TupleValue([.. parts.Select(p => TextMethods.Like(model, p))]);
    }

    private static List<string> BySeparator(string text, string separator, int most, bool fromEnd)
    {
        if (separator.Length == 0)
            throw ValueException.Bad("empty separator");
        var parts = new List<string>();
        var (from, to) = (0, text.Length);
        while (most-- > 0)
        {
            var at = fromEnd
                ? text.AsSpan(from, to - from).LastIndexOf(separator, StringComparison.Ordinal)
                : text.AsSpan(from, to - from).IndexOf(separator, StringComparison.Ordinal);
            if (at < 0)
                break;
            parts.Add(fromEnd ? text[(at + separator.Length)..to] : text[from..(from + at)]);
            (from, to) = fromEnd ? (from, at) : (from + at + separator.Length, to);
        }

        parts.Add(text[from..to]);
        if (fromEnd)
            parts.Reverse();
        return parts;
    }

    private static List<string> Words(string text, int most)
    {
        var words = new List<string>();
        var start = PythonSpace.Skip(text, 0);
        while (start < text.Length && words.Count < most)
        {
            var end = start;
            while (end < text.Length && !PythonSpace.Is(text[end]))
                end++;
            words.Add(text[start..end]);
            start = PythonSpace.Skip(text, end);
        }

        if (start < text.Length)
            words.Add(PythonSpace.TrimEnd(text[start..]));
        return words;
    }

    private static List<string> WordsFromEnd(string text, int most)
    {
        var words = new List<string>();
        var rest = PythonSpace.TrimEnd(text);
        while (rest.Length > 0 && words.Count < most)
        {
            var start = rest.Length;
            while (start > 0 && !PythonSpace.Is(rest[start - 1]))
                start--;
            words.Add(rest[start..]);
            rest = PythonSpace.TrimEnd(rest[..start]);
        }

        if (rest.Length > 0)
            words.Add(PythonSpace.TrimStart(rest));
        words.Reverse();
        return words;
    }

    private static Value List(Value self, IEnumerable<string> parts) => new ListValue(parts.Select(p => TextMethods.Like(self, p)));

    private static bool IsLineBreak(char c) =>
        c is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029';
}
