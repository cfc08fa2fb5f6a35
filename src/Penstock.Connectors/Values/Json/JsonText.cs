using System.Buffers;
using System.Text;

namespace Penstock.Connectors.Values.Json;

/// <summary>Texts in JSON. .NET's own encoders escape what lies beyond the basic plane; orjson doesn't, and neither does this.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create("\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    public static void Write(IBufferWriter<byte> buffer, string text)
    {
        buffer.Write("\""u8);
        if (!CodePoints.AreUnits(text))
        {
            WriteWithSurrogates(buffer, text);
            return;
        }

        var rest = text.AsSpan();
        while (rest.IndexOfAny(Escaped) is var next && next >= 0)
        {
            Encoding.UTF8.GetBytes(rest[..next], buffer);
            WriteEscape(buffer, rest[next]);
            rest = rest[(next + 1)..];
        }

        Encoding.UTF8.GetBytes(rest, buffer);
        buffer.Write("\""u8);
    }

    // A surrogate without its partner has no UTF-8; an escape keeps it.
    private static void WriteWithSurrogates(IBufferWriter<byte> buffer, string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var width = CodePoints.Width(text, i);
            if ((width == 1 && char.IsSurrogate(text[i])) || Escaped.Contains(text[i]))
                WriteEscape(buffer, text[i]);
            else
                Encoding.UTF8.GetBytes(text.AsSpan(i, width), buffer);
            i += width;
        }

        buffer.Write("\""u8);
    }

    private static void WriteEscape(IBufferWriter<byte> buffer, char c)
    {
        var escape = c switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\n' => "\\n"u8,
            '\r' => "\\r"u8,
            '\t' => "\\t"u8,
            '\b' => "\\b"u8,
            '\f' => "\\f"u8,
            _ => Encoding.ASCII.GetBytes($"\\u{(int)c:x4}"),
        };
        buffer.Write(escape);
    }
}
