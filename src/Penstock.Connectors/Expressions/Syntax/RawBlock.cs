using System.Text.RegularExpressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary><c>{% raw %} … {% endraw %}</c>: what is between is data.</summary>
internal static partial class RawBlock
{
    [GeneratedRegex(@"\G\s*raw\s*(?:-%\}\s*|%\})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTime.Milliseconds)]
    private static partial Regex Begin { get; }

    [GeneratedRegex(@"\{%(?<sign>-|\+|)\s*endraw\s*(?:\+%\}|-%\}\s*|%\})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTime.Milliseconds)]
    private static partial Regex End { get; }

    /// <summary>Whether a raw block begins; <paramref name="afterSign"/> is behind <c>{%</c> and its sign.</summary>
    public static bool TryEnter(string source, int afterSign, out int contentStart)
    {
        var match = Begin.Match(source, afterSign);
        contentStart = match.Index + match.Length;
        return match.Success;
    }

    public static bool TryFindEnd(string source, int contentStart, out string content, out int after)
    {
        var match = End.Match(source, contentStart);
        after = match.Index + match.Length;
        content = match.Success ? source[contentStart..match.Index] : string.Empty;
        if (match.Groups["sign"].Value == "-")
            content = PythonSpace.TrimEnd(content);
        return match.Success;
    }
}
