using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Datetimes;

/// <summary>
/// Python's <c>strptime</c>. Like Python's it is a regular expression with the same alternatives in the same order, because
/// the result for ambiguous digits (<c>2024112</c> by <c>%Y%m%d</c>) depends on how they are tried.
/// </summary>
internal sealed class StrptimePattern
{
    private static readonly Dictionary<char, string> Directives = new()
    {
        ['d'] = "3[0-1]|[1-2][0-9]|0[1-9]|[1-9]| [1-9]",
        ['f'] = "[0-9]{1,6}",
        ['H'] = "2[0-3]|[0-1][0-9]|[0-9]",
        ['I'] = "1[0-2]|0[1-9]|[1-9]",
        ['G'] = "[0-9]{4}",
        ['j'] = "36[0-6]|3[0-5][0-9]|[1-2][0-9][0-9]|0[1-9][0-9]|00[1-9]|[1-9][0-9]|0[1-9]|[1-9]",
        ['m'] = "1[0-2]|0[1-9]|[1-9]",
        ['M'] = "[0-5][0-9]|[0-9]",
        ['S'] = "6[0-1]|[0-5][0-9]|[0-9]",
        ['U'] = "5[0-3]|[0-4][0-9]|[0-9]",
        ['W'] = "5[0-3]|[0-4][0-9]|[0-9]",
        ['w'] = "[0-6]",
        ['u'] = "[1-7]",
        ['V'] = "5[0-3]|0[1-9]|[1-4][0-9]|[0-9]",
        ['y'] = "[0-9][0-9]",
        ['Y'] = "[0-9]{4}",
        ['z'] = @"[+-][0-9][0-9]:?[0-5][0-9](?::?[0-5][0-9](?:\.[0-9]{1,6})?)?|(?-i:Z)",
        ['Z'] = "utc|gmt",
        ['p'] = "am|pm",
        ['A'] = Names(CultureInfo.InvariantCulture.DateTimeFormat.DayNames),
        ['a'] = Names(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames),
        ['B'] = Names(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames),
        ['b'] = Names(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames),
    };

    private readonly Regex _regex;

    private StrptimePattern(Regex regex) => _regex = regex;

    /// <summary>Compiles a format; null if it has an unknown directive, a stray percent sign or a directive twice.</summary>
    public static StrptimePattern? Compile(string format)
    {
        var composed = format.Replace("%c", "%a %b %d %H:%M:%S %Y", StringComparison.Ordinal)
            .Replace("%x", "%m/%d/%y", StringComparison.Ordinal)
            .Replace("%X", "%H:%M:%S", StringComparison.Ordinal);
        var pattern = new StringBuilder(@"\G");
        var seen = new HashSet<char>();
        for (var i = 0; i < composed.Length; i++)
        {
            var c = composed[i];
            if (char.IsWhiteSpace(c))
            {
                while (i + 1 < composed.Length && char.IsWhiteSpace(composed[i + 1])) i++;
                pattern.Append(@"\s+");
            }
            else if (c != '%')
            {
                pattern.Append(Regex.Escape(c.ToString()));
            }
            else if (++i == composed.Length)
            {
                return null;
            }
            else if (composed[i] == '%')
            {
                pattern.Append('%');
            }
            else if (!Directives.TryGetValue(composed[i], out var directive) || !seen.Add(composed[i]))
            {
                return null;
            }
            else
            {
                pattern.Append("(?<").Append(composed[i]).Append('>').Append(directive).Append(')');
            }
        }

        const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
        return new(new Regex(pattern.ToString(), Options, MatchTime.Longest));
    }

    /// <summary>Reads a text that the pattern matches whole and that is a date of the calendar.</summary>
    public bool TryParse(string value, out DateTimeOffset datetime)
    {
        datetime = default;
        var match = _regex.Match(value);
        return match.Success && match.Length == value.Length && DatetimeParts.Read(match.Groups).TryBuild(out datetime);
    }

    private static string Names(string[] names) =>
        string.Join('|', names.Where(name => name.Length > 0).OrderByDescending(name => name.Length).Select(Regex.Escape));
}
