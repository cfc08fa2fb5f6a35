using System.Text;
using Penstock.Connectors.Expressions.Syntax;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Literals;

/// <summary>Texts and bytes of literals: prefixes, triple quotes, escapes; neighbours are one text.</summary>
internal static class LiteralText
{
    public static bool TryRead(LiteralScanner scanner, out Value value)
    {
        value = default;
        if (!TryReadOne(scanner, out var text, out var isBytes))
            return false;
        var joined = new StringBuilder(text);
        while (BeginsText(scanner))
        {
            if (!TryReadOne(scanner, out text, out var isBytesToo) || isBytesToo != isBytes)
                return false;
            joined.Append(text);
        }

        value = isBytes ? new BytesValue(Encoding.Latin1.GetBytes(joined.ToString())) : joined.ToString();
        return true;
    }

    private static bool BeginsText(LiteralScanner scanner) =>
        scanner.Current is '\'' or '"' || (scanner.Current is 'b' or 'B' or 'r' or 'R' or 'u' or 'U' && PrefixLength(scanner) > 0);

    // The prefix's length; 0 if what stands here isn't a prefix with a quote behind it.
    private static int PrefixLength(LiteralScanner scanner)
    {
        var (text, start) = (scanner.Text, scanner.Position);
        for (var length = 1; length <= 2 && start + length < text.Length; length++)
        {
            if (text[start + length] is '\'' or '"')
                return text.Substring(start, length).ToLowerInvariant() is "b" or "r" or "u" or "br" or "rb" ? length : 0;
        }

        return 0;
    }

    private static bool TryReadOne(LiteralScanner scanner, out string text, out bool isBytes)
    {
        text = string.Empty;
        var prefixLength = scanner.Current is '\'' or '"' ? 0 : PrefixLength(scanner);
        var prefix = scanner.Text.Substring(scanner.Position, prefixLength).ToLowerInvariant();
        isBytes = prefix.Contains('b');
        var start = scanner.Position + prefixLength;
        if (start >= scanner.Text.Length || scanner.Text[start] is not ('\'' or '"'))
            return false;
        if (!TryFindEnd(scanner.Text, start, out var body, out var after) || !TryDecode(body, prefix, out text))
            return false;
        scanner.Position = after;
        scanner.SkipBlanks();
        return true;
    }

    private static bool TryFindEnd(string source, int start, out string body, out int after)
    {
        var quote = source[start];
        var triple = start + 2 < source.Length && source[start + 1] == quote && source[start + 2] == quote;
        var close = triple ? new string(quote, 3) : quote.ToString();
        (body, after) = (string.Empty, 0);
        for (var i = start + close.Length; i < source.Length; i++)
        {
            if (source[i] == '\\')
            {
                i++;
            }
            else if (source[i] == '\n' && !triple)
            {
                return false;
            }
            else if (string.CompareOrdinal(source, i, close, 0, close.Length) == 0)
            {
                body = source[(start + close.Length)..i];
                after = i + close.Length;
                return true;
            }
        }

        return false;
    }

    private static bool TryDecode(string body, string prefix, out string text)
    {
        text = body;
        if (body.Contains('\0'))
            return false;
        var isBytes = prefix.Contains('b');
        if (isBytes && body.AsSpan().ContainsAnyExceptInRange('\0', '\x7f'))
            return false;
        if (prefix.Contains('r'))
            return true;
        // In bytes \u, \U and \N are no escapes.
        var source = isBytes ? body.Replace("\\\\", "\\x5c").Replace("\\u", "\\\\u").Replace("\\U", "\\\\U").Replace("\\N", "\\\\N") : body;
        return TextEscapes.TryDecode(source, backslashBeforeNonAscii: false, out text, out _) && (!isBytes || !text.AsSpan().ContainsAnyExceptInRange('\0', '\xff'));
    }
}
