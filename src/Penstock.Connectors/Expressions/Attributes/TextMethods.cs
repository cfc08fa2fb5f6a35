using System.Text;
using Penstock.Connectors.Expressions.Formats;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Attributes;

/// <summary>The methods of texts.</summary>
internal static class TextMethods
{
    public static FunctionTable Table { get; } = new()
    {
        { "capitalize", "self, /", (e, a) => Made(e, a, TextCasing.Capitalize(Text(a))) },
        { "casefold", "self, /", (e, a) => Made(e, a, TextCasing.Fold(Text(a))) },
        { "center", "self, width, fillchar=' ', /", (e, a) => TextPadding.Pad(e, a, TextAlignment.Center) },
        { "count", "self, sub, start=None, end=None, /", (_, a) => TextSearch.Count(a) },
        { "encode", "self, encoding='utf-8', errors='strict'", (_, a) => TextEncoding.Encode(Text(a), Need(a[1]), Need(a[2])) },
        { "endswith", "self, suffix, start=None, end=None, /", (_, a) => TextSearch.Matches(a, atEnd: true) },
        { "expandtabs", "self, tabsize=8", (e, a) => Made(e, a, TextPadding.ExpandTabs(e, Text(a), Integers.ToIndex(a[1]))) },
        { "find", "self, sub, start=None, end=None, /", (_, a) => TextSearch.Find(a, fromEnd: false) },
        { "format", "self, *args, **kwargs", (e, a) => Like(a[0], BraceFormat.Format(e, Text(a), a[1].AsTuple!, a[2])) },
        { "format_map", "self, mapping, /", (e, a) => Like(a[0], BraceFormat.Format(e, Text(a), new TupleValue(), a[1])) },
        { "index", "self, sub, start=None, end=None, /", (_, a) => TextSearch.Index(a, fromEnd: false) },
        { "isalnum", "self, /", (_, a) => TextKinds.IsAlphanumeric(Text(a)) },
        { "isalpha", "self, /", (_, a) => TextKinds.IsAlphabetic(Text(a)) },
        { "isascii", "self, /", (_, a) => Ascii.IsValid(Text(a)) },
        { "isdecimal", "self, /", (_, a) => TextKinds.IsDecimal(Text(a)) },
        { "isdigit", "self, /", (_, a) => TextKinds.IsDigit(Text(a)) },
        { "isidentifier", "self, /", (_, a) => TextKinds.IsIdentifier(Text(a)) },
        { "islower", "self, /", (_, a) => TextKinds.IsLower(Text(a)) },
        { "isnumeric", "self, /", (_, a) => TextKinds.IsNumeric(Text(a)) },
        { "isprintable", "self, /", (_, a) => TextKinds.IsPrintable(Text(a)) },
        { "isspace", "self, /", (_, a) => TextKinds.IsSpace(Text(a)) },
        { "istitle", "self, /", (_, a) => TextKinds.IsTitle(Text(a)) },
        { "isupper", "self, /", (_, a) => TextKinds.IsUpper(Text(a)) },
        { "join", "self, items, /", (e, a) => TextJoining.Join(e, a[0], a[1]) },
        { "ljust", "self, width, fillchar=' ', /", (e, a) => TextPadding.Pad(e, a, TextAlignment.Left) },
        { "lower", "self, /", (e, a) => Made(e, a, TextCasing.Lower(Text(a))) },
        { "lstrip", "self, chars=None, /", (e, a) => Made(e, a, TextTrimming.Trim(Text(a), a[1], start: true, end: false)) },
        { "maketrans", "self, x, y=?, z=?, /", (_, a) => TextTranslation.MakeTable(a[1], a[2], a[3]) },
        { "partition", "self, sep, /", (_, a) => TextSplitting.Partition(a[0], Need(a[1]), fromEnd: false) },
        { "removeprefix", "self, prefix, /", (e, a) => Made(e, a, TextTrimming.RemovePrefix(Text(a), Need(a[1]))) },
        { "removesuffix", "self, suffix, /", (e, a) => Made(e, a, TextTrimming.RemoveSuffix(Text(a), Need(a[1]))) },
        { "replace", "self, old, new, /, count=-1", (e, a) => TextReplacing.Replace(e, a[0], a[1], a[2], Integers.ToIndex(a[3])) },
        { "rfind", "self, sub, start=None, end=None, /", (_, a) => TextSearch.Find(a, fromEnd: true) },
        { "rindex", "self, sub, start=None, end=None, /", (_, a) => TextSearch.Index(a, fromEnd: true) },
        { "rjust", "self, width, fillchar=' ', /", (e, a) => TextPadding.Pad(e, a, TextAlignment.Right) },
        { "rpartition", "self, sep, /", (_, a) => TextSplitting.Partition(a[0], Need(a[1]), fromEnd: true) },
        { "rsplit", "self, sep=None, maxsplit=-1", (e, a) => TextSplitting.Split(e, a, fromEnd: true) },
        { "rstrip", "self, chars=None, /", (e, a) => Made(e, a, TextTrimming.Trim(Text(a), a[1], start: false, end: true)) },
        { "split", "self, sep=None, maxsplit=-1", (e, a) => TextSplitting.Split(e, a, fromEnd: false) },
        { "splitlines", "self, keepends=False", (e, a) => TextSplitting.Lines(e, a[0], a[1].IsTruthy) },
        { "startswith", "self, prefix, start=None, end=None, /", (_, a) => TextSearch.Matches(a, atEnd: false) },
        { "strip", "self, chars=None, /", (e, a) => Made(e, a, TextTrimming.Trim(Text(a), a[1], start: true, end: true)) },
        { "swapcase", "self, /", (e, a) => Made(e, a, TextCasing.Swap(Text(a))) },
        { "title", "self, /", (e, a) => Made(e, a, TextCasing.Title(Text(a))) },
        { "translate", "self, table, /", (e, a) => Made(e, a, TextTranslation.Translate(Text(a), a[1])) },
        { "upper", "self, /", (e, a) => Made(e, a, TextCasing.Upper(Text(a))) },
        { "zfill", "self, width, /", (e, a) => TextPadding.ZeroFill(e, a[0], Integers.ToIndex(a[1])) },
    };

    /// <summary>An argument that must be a text.</summary>
    public static string Need(in Value value) =>
        value.AsText ?? throw ValueException.Type($"expected str, not {value.TypeName}");

    /// <summary>A text of the same type as the model: markup stays markup.</summary>
    public static Value Like(in Value model, string text) => model.AsObject is MarkupValue ? new MarkupValue(text) : text;

    private static string Text(Value[] a) => a[0].AsText!;

    private static Value Made(Evaluation evaluation, Value[] a, string text)
    {
        evaluation.Text(text.Length);
        return Like(a[0], text);
    }
}
