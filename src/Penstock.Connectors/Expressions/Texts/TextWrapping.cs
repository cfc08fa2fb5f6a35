using System.Text;
using System.Text.RegularExpressions;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary>The filter <c>wordwrap</c>: breaks lines at blanks, at hyphens between letters, and through words that are too long.</summary>
internal static partial class TextWrapping
{
    // Blanks; dashes between words; words, which may break behind a hyphen between letters.
    private const string Letter = @"[^\d\W]";
    private const string Inner = @"[\w!""'&.,?]";

    [GeneratedRegex(
        $@"\s+|(?<={Inner})-{{2,}}(?=\w)|\S+?(?:-(?:(?<={Letter}{{2}}-)|(?<={Letter}-{Inner}-))(?={Letter}-?{Letter})|(?=\s|\z)|(?<={Inner})(?=-{{2,}}\w))",
        RegexOptions.CultureInvariant,
        MatchTime.Milliseconds)]
    private static partial Regex Chunk { get; }

    public static Value Wrap(Evaluation evaluation, Value[] a)
    {
        if (a[0].AsObject is UndefinedValue undefined)
            throw undefined.Error();
        var text = a[0].AsText ?? throw new ValueException(ValueErrorKind.Attribute, $"'{a[0].TypeName}' object has no attribute 'splitlines'");
        var width = Integers.ToIndex(a[1]);
        if (width <= 0)
            throw ValueException.Bad($"invalid width {width} (must be > 0)");
        var newline = a[3].IsNone ? "\n" : TextMethods.Need(a[3]);
        evaluation.Text(text.Length * 4L);
        var paragraphs = TextSplitting.Lines(evaluation, text, keepEnds: false).AsList!.Elements;
        var lines = paragraphs.Select(p => string.Join(newline, WrapLine(p.AsText!, (int)Math.Min(width, int.MaxValue), a[2].IsTruthy, a[4].IsTruthy)));
        return string.Join(newline, lines);
    }

    private static List<string> WrapLine(string line, int width, bool breakWords, bool breakHyphens)
    {
        var chunks = new Stack<string>(Split(line, breakHyphens).Reverse());
        var lines = new List<string>();
        while (chunks.Count > 0)
        {
            // Blanks at a line's beginning are dropped, but for the first line.
            if (lines.Count > 0 && string.IsNullOrWhiteSpace(chunks.Peek()))
                chunks.Pop();
            var current = new StringBuilder();
            while (chunks.Count > 0 && current.Length + chunks.Peek().Length <= width)
                current.Append(chunks.Pop());
            if (chunks.Count > 0 && chunks.Peek().Length > width)
                BreakLong(chunks, current, width, breakWords, breakHyphens);
            var text = current.ToString();
            if (text.TrimEnd().Length > 0)
                lines.Add(text.TrimEnd());
        }

        return lines;
    }

    private static void BreakLong(Stack<string> chunks, StringBuilder current, int width, bool breakWords, bool breakHyphens)
    {
        var room = width - current.Length;
        if (!breakWords)
        {
            if (current.Length == 0)
                current.Append(chunks.Pop());
            return;
        }

        if (room < 1)
            return;
        var chunk = chunks.Pop();
        var hyphen = breakHyphens ? chunk.LastIndexOf('-', room - 1) : -1;
        if (hyphen > 0 && chunk.AsSpan(0, hyphen).ContainsAnyExcept('-'))
            room = hyphen + 1;
        current.Append(chunk, 0, room);
        chunks.Push(chunk[room..]);
    }

    private static IEnumerable<string> Split(string line, bool breakHyphens) => breakHyphens
        ? Chunk.Matches(line).Select(m => m.Value)
        : Regex.Matches(line, @"\s+|\S+", RegexOptions.CultureInvariant, MatchTime.Longest).Select(m => m.Value);
}
