using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Penstock.Pipelines.Records;

/// <summary>Moves over JSON that is known to be valid, much faster than a reader that must not trust it.</summary>
internal static class JsonSkim
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> ScalarEnd = SearchValues.Create(",}] \t\r\n"u8);
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    /// <summary>Says what keeps bytes from being one JSON object in UTF-8; null if nothing does.</summary>
    public static string? Problem(ReadOnlySpan<byte> json)
    {
        // The reader doesn't validate the texts that it skips.
        if (!Utf8.IsValid(json))
            return "The record isn't valid UTF-8.";
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return "The record isn't a JSON object.";
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            return $"The record isn't valid JSON at byte {e.BytePositionInLine}.";
        }
    }

    /// <summary>The place of the next byte that isn't white space.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] <= ' ')
            at++;
        return at;
    }

    /// <summary>Moves from a text's opening quote behind its closing one.</summary>
    public static void SkipText(ReadOnlySpan<byte> json, ref int at)
    {
        at++;
        while (true)
        {
            // Nearly all names and most texts end within the first look: a search that is called costs more than that.
            if (Vector256.IsHardwareAccelerated && json.Length - at >= Vector256<byte>.Count)
            {
                Vector256<byte> bytes = Vector256.Create(json.Slice(at, Vector256<byte>.Count));
                uint ends = (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))).ExtractMostSignificantBits();
                at += ends == 0 ? Vector256<byte>.Count : BitOperations.TrailingZeroCount(ends) + 1;
                if (ends == 0)
                    continue;
            }
            else
                at += json[at..].IndexOfAny((byte)'"', (byte)'\\') + 1;

            if (json[at - 1] == '"')
                return;
            at++;
        }
    }

    /// <summary>Moves from a value's first byte behind its last one.</summary>
    public static void SkipValue(ReadOnlySpan<byte> json, ref int at)
    {
        switch (json[at])
        {
            case (byte)'"':
                SkipText(json, ref at);
                break;
            case (byte)'{' or (byte)'[':
                SkipNested(json, ref at);
                break;
            default:
                int length = json[at..].IndexOfAny(ScalarEnd);
                at = length < 0 ? json.Length : at + length;
                break;
        }
    }

    /// <summary>The text of a value: of a text without quotes and escapes, of a number or boolean as it is; null for anything else.</summary>
    public static string? Text(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value[0] is (byte)'{' or (byte)'[' or (byte)'n')
            return null;
        return Encoding.UTF8.GetString(value[0] == '"' ? Inside(value) : value);
    }

    /// <summary>The inside of a text, without escapes.</summary>
    public static ReadOnlySpan<byte> Inside(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> inside = text[1..^1];
        return inside.Contains((byte)'\\') ? Unescape(inside) : inside;
    }

    /// <summary>Takes the escapes out of the inside of a text.</summary>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> inside)
    {
        byte[] quoted = [(byte)'"', .. inside, (byte)'"'];
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        byte[] text = new byte[inside.Length];
        try
        {
            return text.AsSpan(0, reader.CopyString(text));
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no name and no key that was meant.
            return inside;
        }
    }

    private static void SkipNested(ReadOnlySpan<byte> json, ref int at)
    {
        int depth = 0;
        while (true)
        {
            at += json[at..].IndexOfAny(Structure);
            switch (json[at])
            {
                case (byte)'"':
                    SkipText(json, ref at);
                    continue;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    depth--;
                    break;
            }

            at++;
            if (depth == 0)
                return;
        }
    }
}
