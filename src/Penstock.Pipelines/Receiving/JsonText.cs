using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Penstock.Pipelines.Receiving;

/// <summary>JSON text as it came from outside.</summary>
internal static class JsonText
{
    /// <summary>The deepest nesting that is taken: below the 64 that readers have by default, so that what is landed can be read again inside a wrapper.</summary>
    public const int MaxDepth = 60;

    private static readonly SearchValues<byte> OutsideStops = SearchValues.Create("\" \t\r\n"u8);
    private static readonly SearchValues<byte> InsideStops = SearchValues.Create("\"\\"u8);

    /// <summary>A strict reader: no comments, no trailing commas.</summary>
    public static Utf8JsonReader Reader(ReadOnlySpan<byte> json) => new(json, new JsonReaderOptions { MaxDepth = MaxDepth });

    /// <summary>Leaves out a byte order mark.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) =>
        text.StartsWith("\uFEFF"u8) ? text[3..] : text;

    /// <summary>
    /// Throws unless every text in it can be read. The reader itself takes any bytes and half surrogate pairs, and whoever
    /// reads the raw blob would stumble.
    /// </summary>
    /// <exception cref="JsonException">It isn't UTF-8, or a text holds half a surrogate pair.</exception>
    public static void Check(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            throw At(json, FirstInvalid(json), "The body isn't UTF-8.");
        if (json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0)
            CheckSurrogates(json);
    }

    /// <summary>The value that the reader stands at, as text; the reader ends at its end.</summary>
    public static ReadOnlySpan<byte> RawValue(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    /// <summary>Writes valid JSON without the white space between its tokens: a raw blob has a record a line.</summary>
    public static void Compact(ReadOnlySpan<byte> json, IBufferWriter<byte> into)
    {
        while (!json.IsEmpty)
        {
            int stop = json.IndexOfAny(OutsideStops);
            if (stop < 0)
            {
                into.Write(json);
                return;
            }

            int end = json[stop] == '"' ? EndOfString(json, stop) : stop;
            into.Write(json[..end]);
            json = json[end..].TrimStart(" \t\r\n"u8);
        }
    }

    /// <summary>An error at a byte of the body.</summary>
    public static JsonException At(ReadOnlySpan<byte> body, int index, string message)
    {
        ReadOnlySpan<byte> before = body[..index];
        return new JsonException(message, null, before.Count((byte)'\n'), index - (before.LastIndexOf((byte)'\n') + 1));
    }

    private static int EndOfString(ReadOnlySpan<byte> json, int quote)
    {
        int at = quote + 1;
        while (true)
        {
            at += json[at..].IndexOfAny(InsideStops);
            if (json[at] == '"')
                return at + 1;
            at += 2;
        }
    }

    private static void CheckSurrogates(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = Reader(json);
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped)
                continue;
            try
            {
                _ = reader.GetString();
            }
            catch (InvalidOperationException)
            {
                throw At(json, (int)reader.TokenStartIndex, "A text holds half a surrogate pair (an escape \\uD800 to \\uDFFF without its other half).");
            }
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out int length) == OperationStatus.Done)
            at += length;
        return at;
    }
}
