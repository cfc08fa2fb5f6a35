using System.Text;
using System.Text.RegularExpressions;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Regexes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Filters;

/// <summary>Airbyte's filters for regular expressions.</summary>
internal static class RegexFilters
{
    public static FunctionTable Table { get; } = new()
    {
        { "regex_replace", "value, regex, replacement", Replace },
        { "regex_search", "value, regex", Search },
    };

    /// <summary>The first group of the first match; an empty text if there is no match or no group.</summary>
    private static Value Search(Evaluation evaluation, Value[] a)
    {
        var regex = Pattern(evaluation, a[1], a[0]);
        var text = Subject(evaluation, a[0]);
        return regex.Guard(() =>
        {
            var match = regex.Regex.Match(text);
            if (!match.Success || regex.GroupCount == 0)
                return Value.Empty;
            return match.Groups[1].Success ? match.Groups[1].Value : Value.None;
        });
    }

    private static Value Replace(Evaluation evaluation, Value[] a)
    {
        var regex = Pattern(evaluation, a[1], a[0]);
        if (a[2].AsText is not { } replacement)
            throw ValueException.Type($"decoding to str: need a bytes-like object, {a[2].TypeName} found");
        var parts = RegexReplacement.Parse(replacement, regex);
        var text = Subject(evaluation, a[0]);
        return regex.Guard(() =>
        {
            var result = new StringBuilder();
            var position = 0;
            foreach (Match match in regex.Regex.Matches(text))
            {
                if (match.Length == 0 && IsInsidePair(text, match.Index))
                    continue;
                result.Append(text, position, match.Index - position);
                parts.Append(result, match);
                evaluation.Growing(result.Length);
                position = match.Index + match.Length;
            }

            evaluation.Text(result.Length);
            return result.Append(text, position, text.Length - position).ToString();
        });
    }

    // .NET finds nothing between the halves of a surrogate pair, too.
    private static bool IsInsidePair(string text, int index) =>
        index > 0 && index < text.Length && char.IsHighSurrogate(text[index - 1]) && char.IsLowSurrogate(text[index]);

    private static PythonRegex Pattern(Evaluation evaluation, in Value pattern, in Value subject) => PythonRegex.Compile(
        pattern.AsText ?? throw ValueException.Type("first argument must be string or compiled pattern"),
        evaluation.RegexTimeout,
        wide: subject.AsText is { } text && !CodePoints.AreUnits(text));

    private static string Subject(Evaluation evaluation, in Value subject)
    {
        var text = subject.AsText ?? throw ValueException.Type($"expected string or bytes-like object, got '{subject.TypeName}'");
        evaluation.Text(text.Length);
        return text;
    }
}
