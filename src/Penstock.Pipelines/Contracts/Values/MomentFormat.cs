using System.Text;

namespace Penstock.Pipelines.Contracts.Values;

/// <summary>
/// A format of dates and times as ODCS writes it, in the letters of the JDK's DateTimeFormatter: <c>yyyy-MM-dd'T'HH:mm:ss.SSSXXX</c>.
/// Only numeric fields are known.
/// </summary>
internal sealed class MomentFormat
{
    private readonly List<(char Field, int Width, byte[] Literal)> _parts = [];

    private MomentFormat(string pattern) => Pattern = pattern;

    public string Pattern { get; }

    /// <summary>Reads a pattern; null if it has fields that aren't known here.</summary>
    public static MomentFormat? Parse(string pattern)
    {
        var format = new MomentFormat(pattern);
        for (int i = 0; i < pattern.Length;)
        {
            char letter = pattern[i];
            if (letter == '\'')
            {
                int end = pattern.IndexOf('\'', i + 1);
                if (end < 0)
                    return null;
                format.Literal(end == i + 1 ? "'" : pattern[(i + 1)..end]);
                i = end + 1;
            }
            else if (char.IsAsciiLetter(letter))
            {
                int width = pattern.AsSpan(i).IndexOfAnyExcept(letter) is var run && run < 0 ? pattern.Length - i : run;
                if (!IsKnown(letter, width))
                    return null;
                format._parts.Add((letter == 'u' ? 'y' : letter, width, []));
                i += width;
            }
            else
            {
                format.Literal(pattern[i..++i]);
            }
        }

        return format._parts.Count == 0 ? null : format;
    }

    /// <summary>Reads a text of this format; null if it isn't one.</summary>
    public MomentParts? Read(ReadOnlySpan<byte> text)
    {
        var parts = new MomentParts();
        foreach ((char field, int width, byte[] literal) in _parts)
        {
            int length = field == '\0' ? (text.StartsWith(literal) ? literal.Length : -1) : parts.Take(field, width, text);
            if (length < 0)
                return null;
            // Most formats write UTC's Z as a literal.
            if (field == '\0' && literal is [(byte)'Z'])
                parts.Offset = 0;
            text = text[length..];
        }

        return text.IsEmpty && parts.IsReal ? parts : null;
    }

    private void Literal(string text) => _parts.Add(('\0', 0, Encoding.UTF8.GetBytes(text)));

    private static bool IsKnown(char letter, int width) => letter switch
    {
        'y' or 'u' => width == 4,
        'M' or 'd' or 'H' or 'm' or 's' => width <= 2,
        'S' => width <= 9,
        'X' or 'x' => width <= 3,
        'Z' => width <= 3,
        _ => false,
    };
}
