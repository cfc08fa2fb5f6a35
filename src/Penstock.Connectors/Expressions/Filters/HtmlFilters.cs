using System.Net;
using System.Text.RegularExpressions;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Filters;

/// <summary>Filters for HTML, and JSON inside of it.</summary>
internal static partial class HtmlFilters
{
    [GeneratedRegex(@"<!--.*?-->|<.*?>", RegexOptions.CultureInvariant | RegexOptions.Singleline, MatchTime.Milliseconds)]
    private static partial Regex Tag { get; }

    public static FunctionTable Table { get; } = new()
    {
        { "escape", "s, /", (_, a) => new MarkupValue(Html.Escape(a[0])) },
        { "e", "escape" },
        { "forceescape", "value", (_, a) => new MarkupValue(Html.Escape(a[0].ToString())) },
        { "safe", "value", (_, a) => new MarkupValue(a[0].ToString()) },
        { "striptags", "value", (_, a) => StripTags(a[0].ToString()) },
        { "tojson", "value, indent=None", ToJson },
        { "xmlattr", "d, autospace=True", XmlAttributes },
    };

    private static Value StripTags(string text)
    {
        var words = Tag.Replace(text, string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return WebUtility.HtmlDecode(string.Join(' ', words));
    }

    private static Value ToJson(Evaluation evaluation, Value[] a)
    {
        var indent = a[1].IsNone ? null : a[1].AsText ?? new string(' ', Math.Min(Integers.ToCount(a[1]), 1000));
        var json = PythonJson.Write(evaluation, a[0], sortKeys: true, indent);
        return new MarkupValue(json.Replace("<", "\\u003c").Replace(">", "\\u003e").Replace("&", "\\u0026").Replace("'", "\\u0027"));
    }

    private static Value XmlAttributes(Evaluation evaluation, Value[] a)
    {
        if (a[0].AsObject is UndefinedValue undefined)
            throw undefined.Error();
        if (a[0].AsObject is not (DictValue or IMappingValue))
            throw new ValueException(ValueErrorKind.Attribute, $"'{a[0].TypeName}' object has no attribute 'items'");
        var parts = new List<string>();
        foreach (var key in Iteration.Each(evaluation, a[0]))
        {
            Access.TryItem(a[0], key, out var value);
            if (value.IsNone || value.IsUndefined)
                continue;
            if (TextMethods.Need(key).Any(c => c is ' ' or >= '\t' and <= '\r' or '/' or '>' or '='))
                throw ValueException.Bad("Invalid character in attribute name");
            parts.Add($"{Html.Escape(key)}=\"{Html.Escape(value)}\"");
        }

        return (parts.Count > 0 && a[1].IsTruthy ? " " : "") + string.Join(' ', parts);
    }
}
