using System.Text;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary><c>text.encode()</c> and <c>bytes.decode()</c> for the encodings that matter.</summary>
internal static class TextEncoding
{
    public static Value Encode(string text, string name, string errors) => 
        new BytesValue(Run(() => Find(name, errors).GetBytes(errors == "replace" ? ReplaceWide(text, name) : text)));

    public static Value Decode(BytesValue bytes, string name, string errors) => Run(() => Find(name, errors).GetString(bytes.Content.Span));

    // A code point that an encoding lacks is one question mark, also where it is two units of UTF-16.
    private static string ReplaceWide(string text, string name) => CodePoints.AreUnits(text) || name.StartsWith("utf", StringComparison.OrdinalIgnoreCase)
        ? text
        : string.Concat(CodePoints.Split(text).Select(p => p.Length == 1 ? p : "?"));

    private static T Run<T>(Func<T> convert)
    {
        try
        {
            return convert();
        }
        catch (Exception failed) when (failed is EncoderFallbackException or DecoderFallbackException)
        {
            throw new ValueException(ValueErrorKind.Unicode, "a text can't be converted to or from that encoding");
        }
    }

    private static Encoding Find(string name, string errors)
    {
        var (encoder, decoder) = errors switch
        {
            "strict" => (EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
            "ignore" => (new EncoderReplacementFallback(""), new DecoderReplacementFallback("")),
            "replace" => (new EncoderReplacementFallback("?"), new DecoderReplacementFallback("\ufffd")),
            _ => throw new ValueException(ValueErrorKind.Key, $"unknown error handler name '{errors}'"),
        };
        var codec = name.ToLowerInvariant().Replace('_', '-') switch
        {
            "utf-8" or "utf8" or "u8" => "utf-8",
            "ascii" or "us-ascii" or "646" => "us-ascii",
            "latin-1" or "latin1" or "iso-8859-1" or "iso8859-1" or "8859" or "l1" => "iso-8859-1",
            "utf-16" or "utf16" or "utf-16-le" or "utf-16le" => "utf-16",
            "utf-16-be" or "utf-16be" => "utf-16BE",
            _ => throw new ValueException(ValueErrorKind.Key, "unknown encoding"),
        };
        return Encoding.GetEncoding(codec, encoder, decoder);
    }
}
