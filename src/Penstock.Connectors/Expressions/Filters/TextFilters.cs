using System.Text;
using System.Text.RegularExpressions;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Formats;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Filters;

/// <summary>Filters for texts. Most take any value and look at how it prints.</summary>
internal static partial class TextFilters
{
    [GeneratedRegex(@"[-\s({\[<]+", RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex WordBreak { get; }

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex Word { get; }

    public static FunctionTable Table { get; } = new()
    {
        { "capitalize", "s", (_, a) => Soft(a[0], TextCasing.Capitalize) },
        { "center", "value, width=80", (e, a) => Soft(a[0], t => TextPadding.Pad(e, t, Integers.ToIndex(a[1]), " ", TextAlignment.Center)) },
        { "format", "value, *args, **kwargs", Format },
        { "indent", "s, width=4, first=False, blank=False", Indent },
        { "lower", "s", (_, a) => Soft(a[0], TextCasing.Lower) },
        { "replace", "s, old, new, count=None", Replace },
        { "title", "s", (_, a) => Soft(a[0], Title) },
        { "trim", "value, chars=None", (_, a) => Soft(a[0], t => TextTrimming.Trim(t, a[1], start: true, end: true)) },
        { "truncate", "s, length=255, killwords=False, end='...', leeway=None", Truncate },
        { "upper", "s", (_, a) => Soft(a[0], TextCasing.Upper) },
        { "wordcount", "s", (_, a) => (long)Word.Count(a[0].ToString()) },
        { "wordwrap", "s, width=79, break_long_words=True, wrapstring=None, break_on_hyphens=True", (e, a) => TextWrapping.Wrap(e, a) },
    };

    private static Value Soft(in Value value, Func<string, string> change) =>
        value.AsObject is MarkupValue markup ? new MarkupValue(change(markup.Text)) : change(value.ToString());

    private static Value Replace(Evaluation evaluation, Value[] a)
    {
        var count = a[3].IsNone ? -1 : Integers.ToIndex(a[3]);
        return TextReplacing.Replace(evaluation, a[0].ToString(), a[1].ToString(), a[2].ToString(), count);
    }

    private static Value Format(Evaluation evaluation, Value[] a)
    {
        var named = a[2].AsDict!;
        if (named.Entries.Count > 0 && a[1].AsTuple!.Elements.Count > 0)
            throw ValueException.Bad("can't handle positional and keyword arguments at the same time");
        Value format = a[0].AsText is null ? a[0].ToString() : a[0];
        return PercentFormat.Apply(evaluation, format, named.Entries.Count > 0 ? named : a[1]);
    }

    private static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var start = 0;
        foreach (var match in WordBreak.EnumerateMatches(text))
        {
            result.Append(TitleWord(text[start..match.Index])).Append(TitleWord(text.Substring(match.Index, match.Length)));
            start = match.Index + match.Length;
        }

        return result.Append(TitleWord(text[start..])).ToString();
    }

    private static string TitleWord(string word)
    {
        if (word.Length == 0)
            return word;
        var width = CodePoints.Width(word, 0);
        return TextCasing.Upper(word[..width]) + TextCasing.Lower(word[width..]);
    }

    private static Value Indent(Evaluation evaluation, Value[] a)
    {
        // Jinja's own filter would add a line to a list, too.
        if (a[0].AsObject is ListValue)
            throw new ValueException(ValueErrorKind.Attribute, "'list' object has no attribute 'splitlines'");
        var text = Arithmetic.Apply(evaluation, BinaryOperator.Add, a[0], "\n").AsText!;
        var margin = a[1].AsText ?? new string(' ', Math.Min(Integers.ToCount(a[1]), 1_000_000));
        var lines = TextSplitting.Lines(evaluation, text, keepEnds: false).AsList!.Elements.ConvertAll(l => l.AsText!);
        evaluation.Text(text.Length + (lines.Count * (long)margin.Length));
        var indented = lines.Select((line, i) => i == 0 || (line.Length == 0 && !a[3].IsTruthy) ? line : margin + line);
        return (a[2].IsTruthy ? margin : string.Empty) + string.Join('\n', indented);
    }

    private static Value Truncate(Evaluation evaluation, Value[] a)
    {
        var end = TextMethods.Need(a[3]);
        var leeway = a[4].IsNone ? 5 : Integers.ToIndex(a[4]);
        var length = Integers.ToIndex(a[1]);
        if (length < CodePoints.Count(end) || leeway < 0)
            throw ValueException.Bad("truncate: the length must be at least that of the end, and the leeway at least 0");
        CommonFilters.Length(a[0]).TryGetInt64(out var given);
        if (given <= length + leeway)
            return a[0];
        var cut = Slices.Take(evaluation, a[0], Value.None, length - CodePoints.Count(end), Value.None).AsText
            ?? throw ValueException.Type("truncate needs a text");
        if (!a[2].IsTruthy && cut.LastIndexOf(' ') is var space and >= 0)
            cut = cut[..space];
        return cut + end;
    }
}
