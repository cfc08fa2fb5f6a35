using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Regexes;

/// <summary>A replacement of <c>re.sub</c>: text, <c>\1</c>, <c>\g&lt;name&gt;</c>, and the usual escapes.</summary>
internal sealed class RegexReplacement
{
    private readonly List<(string? Text, int Group)> _parts = [];

    public static RegexReplacement Parse(string text, PythonRegex regex)
    {
        var result = new RegexReplacement();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                literal.Append(text[i]);
                continue;
            }

            if (++i >= text.Length)
                throw Bad("bad escape (end of pattern)");
            if (text[i] == 'g' || (text[i] is >= '1' and <= '9' && !IsOctal(text, i)))
            {
                result._parts.Add((literal.ToString(), 0));
                literal.Clear();
                result._parts.Add((null, Group(text, ref i, regex)));
            }
            else
            {
                literal.Append(Escape(text, ref i));
            }
        }

        result._parts.Add((literal.ToString(), 0));
        return result;
    }

    public void Append(StringBuilder target, Match match)
    {
        foreach (var (text, group) in _parts)
            target.Append(text ?? match.Groups[group].Value);
    }

    private static int Group(string text, ref int index, PythonRegex regex)
    {
        string name;
        if (text[index] == 'g')
        {
            var close = index + 1 < text.Length && text[index + 1] == '<' ? text.IndexOf('>', index) : -1;
            if (close < 0)
                throw Bad("missing group name");
            name = text[(index + 2)..close];
            index = close;
        }
        else
        {
            var length = index + 1 < text.Length && char.IsAsciiDigit(text[index + 1]) ? 2 : 1;
            name = text.Substring(index, length);
            index += length - 1;
        }

        if (regex.Names.TryGetValue(name, out var number))
            return number;
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            throw new ValueException(ValueErrorKind.Index, "unknown group name in a replacement");
        return number <= regex.GroupCount ? number : throw Bad("invalid group reference");
    }

    // Three octal digits are a character, not a group.
    private static bool IsOctal(string text, int index) =>
        index + 2 < text.Length && text.AsSpan(index, 3).IndexOfAnyExceptInRange('0', '7') < 0;

    private static char Escape(string text, ref int index)
    {
        var c = text[index];
        if (c is >= '0' and <= '7')
        {
            var length = 1;
            while (length < 3 && index + length < text.Length && text[index + length] is >= '0' and <= '7')
                length++;
            var code = (char)Convert.ToInt32(text.Substring(index, length), 8);
            index += length - 1;
            return code;
        }

        return c switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'v' => '\v',
            '\\' => '\\',
            _ => throw Bad($"bad escape \\{c}"),
        };
    }

    private static ValueException Bad(string reason) => new(ValueErrorKind.Regex, $"a replacement of a regular expression is wrong: {reason}");
}
