using System.Globalization;
using System.Text;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>The backslash escapes of Python's texts. What isn't an escape keeps its backslash.</summary>
internal static class TextEscapes
{
    /// <summary>Decodes the text between quotes.</summary>
    /// <param name="body">The text between the quotes.</param>
    /// <param name="backslashBeforeNonAscii">
    /// Jinja encodes the text to ASCII before it decodes escapes, so that a backslash before é gives <c>\xe9</c> literally.
    /// </param>
    /// <param name="text">The decoded text.</param>
    /// <param name="error">What is wrong, if the result is false.</param>
    public static bool TryDecode(string body, bool backslashBeforeNonAscii, out string text, out string error)
    {
        (text, error) = (body, string.Empty);
        var next = body.IndexOf('\\');
        if (next < 0)
            return true;
        var result = new StringBuilder(body, 0, next, body.Length);
        for (var i = next; i < body.Length; i++)
        {
            if (body[i] != '\\')
            {
                result.Append(body[i]);
            }
            else if (i + 1 == body.Length)
            {
                error = "a text ends in the middle of an escape";
                return false;
            }
            else
            {
                var used = DecodeOne(body, i + 1, result, backslashBeforeNonAscii);
                if (used < 0)
                {
                    error = $"a text has a wrong escape '\\{body[i + 1]}'";
                    return false;
                }

                i += used;
            }
        }

        text = result.ToString();
        return true;
    }

    private static int DecodeOne(string body, int at, StringBuilder result, bool backslashBeforeNonAscii)
    {
        var c = body[at];
        switch (c)
        {
            case '\n':
                return 1;
            case '\\' or '\'' or '"':
                result.Append(c);
                return 1;
            case 'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v':
                result.Append(c switch { 'a' => '\a', 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => '\v' });
                return 1;
            case 'x':
                return Hex(body, at, 2, result);
            case 'u':
                return Hex(body, at, 4, result);
            case 'U':
                return Hex(body, at, 8, result);
            case 'N':
                return CharacterNames.Decode(body, at, result);
            case >= '0' and <= '7':
                return Octal(body, at, result);
            default:
                result.Append('\\').Append(backslashBeforeNonAscii && c > 127 ? AsciiEscape(body, at) : c.ToString());
                return backslashBeforeNonAscii && char.IsHighSurrogate(c) ? 2 : 1;
        }
    }

    private static string AsciiEscape(string body, int at)
    {
        var code = char.IsHighSurrogate(body[at]) && at + 1 < body.Length ? char.ConvertToUtf32(body, at) : body[at];
        return code switch { <= 0xff => $"x{code:x2}", <= 0xffff => $"u{code:x4}", _ => $"U{code:x8}" };
    }

    private static int Hex(string body, int at, int digits, StringBuilder result)
    {
        if (at + digits >= body.Length
            || !int.TryParse(body.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code is < 0 or > 0x10ffff)
            return -1;
        if (code <= 0xffff)
            result.Append((char)code);
        else
            result.Append(char.ConvertFromUtf32(code));
        return digits + 1;
    }

    private static int Octal(string body, int at, StringBuilder result)
    {
        var length = 0;
        var code = 0;
        for (; length < 3 && at + length < body.Length && body[at + length] is >= '0' and <= '7'; length++)
            code = (code * 8) + body[at + length] - '0';
        result.Append((char)code);
        return length;
    }
}
