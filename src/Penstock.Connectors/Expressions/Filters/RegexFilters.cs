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
        return regex.Guard(() =>
        {
            var match = regex.Regex.Match(a[0].AsText!);
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
        var text = a[0].AsText!;
        return regex.Guard(() =>
        {
            var result = new StringBuilder();
            var position = 0;
            foreach (Match match in regex.Regex.Matches(text))
            {
                result.Append(text, position, match.Index - position);
                parts.Append(result, match);
                evaluation.Text(result.Length);
                position = match.Index + match.Length;
            }

            return result.Append(text, position, text.Length - position).ToString();
        });
    }

    private static PythonRegex Pattern(Evaluation evaluation, in Value pattern, in Value subject)
    {
        if (pattern.AsText is not { } text)
            throw ValueException.Type("first argument must be string or compiled pattern");
        var regex = PythonRegex.Compile(text, evaluation.RegexTimeout);
        if (subject.AsText is null)
            throw ValueException.Type($"expected string or bytes-like object, got '{subject.TypeName}'");
        evaluation.Text(subject.AsText.Length);
        return regex;
    }
}
