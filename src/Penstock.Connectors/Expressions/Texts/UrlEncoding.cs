using System.Text;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary>Percent encoding as Python's <c>urllib.parse.quote</c>: all but letters, digits and <c>_.-~</c>.</summary>
internal static class UrlEncoding
{
    /// <summary><c>quote_plus</c>: a space becomes a plus.</summary>
    public static string QuotePlus(in Value value) => Quote(Bytes(value), safe: "").Replace("%20", "+");

    /// <summary>Quotes bytes, but for the characters that are safe here.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes, string safe)
    {
        var result = new StringBuilder(bytes.Length);
        foreach (var b in bytes)
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '~' || safe.Contains(c))
                result.Append(c);
            else
                result.Append('%').Append(b.ToString("X2"));
        }

        return result.ToString();
    }

    /// <summary>A text in UTF-8, or bytes.</summary>
    public static ReadOnlySpan<byte> Bytes(in Value value) => value.AsObject switch
    {
        BytesValue bytes => bytes.Content.Span,
        _ when value.AsText is { } text => ((BytesValue)TextEncoding.Encode(text, "utf-8", "strict").AsObject!).Content.Span,
        _ => throw ValueException.Type("quote_from_bytes() expected bytes"),
    };
}
