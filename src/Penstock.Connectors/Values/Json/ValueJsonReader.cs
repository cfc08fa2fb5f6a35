using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Penstock.Connectors.Values.Json;

/// <summary>Reads values from JSON in UTF-8. A repeated key keeps its last value.</summary>
public static class ValueJsonReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    /// <summary>Reads one JSON value that is the whole text.</summary>
    /// <exception cref="JsonException">The text isn't JSON.</exception>
    public static Value Read(ReadOnlySpan<byte> utf8, LargeIntegers largeIntegers = LargeIntegers.Exact)
    {
        var reader = new Utf8JsonReader(utf8, Options);
        reader.Read();
        var value = Read(ref reader, largeIntegers);
        while (reader.Read())
        {
        }

        return value;
    }

    /// <summary>Reads one JSON value of a document that is known to be valid, without white space around it.</summary>
    internal static Value ReadValid(ReadOnlySpan<byte> utf8, LargeIntegers largeIntegers)
    {
        if (utf8[0] == '"' && !utf8.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(utf8[1..^1]);
        return utf8[0] == '-' || char.IsAsciiDigit((char)utf8[0]) ? Number(utf8, largeIntegers) : Read(utf8, largeIntegers);
    }

    /// <summary>Reads one JSON value from a text.</summary>
    /// <exception cref="JsonException">The text isn't JSON.</exception>
    public static Value Read(string json, LargeIntegers largeIntegers = LargeIntegers.Exact) =>
        Read(Encoding.UTF8.GetBytes(json), largeIntegers);

    /// <summary>Reads the value that the reader stands on, and leaves the reader on its last token.</summary>
    /// <exception cref="JsonException">The text isn't JSON.</exception>
    public static Value Read(ref Utf8JsonReader reader, LargeIntegers largeIntegers = LargeIntegers.Exact) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader, largeIntegers),
        JsonTokenType.StartArray => ReadArray(ref reader, largeIntegers),
        JsonTokenType.String => ReadText(ref reader),
        JsonTokenType.Number => ReadNumber(ref reader, largeIntegers),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => Value.None,
    };

    private static DictValue ReadObject(ref Utf8JsonReader reader, LargeIntegers largeIntegers)
    {
        var dict = new DictValue();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = ReadText(ref reader);
            reader.Read();
            dict.Entries[key] = Read(ref reader, largeIntegers);
        }

        return dict;
    }

    private static ListValue ReadArray(ref Utf8JsonReader reader, LargeIntegers largeIntegers)
    {
        var list = new ListValue();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.Elements.Add(Read(ref reader, largeIntegers));
        return list;
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException invalid)
        {
            throw new JsonException("a text of the JSON isn't valid Unicode (a lone surrogate)", invalid);
        }
    }

    private static Value ReadNumber(ref Utf8JsonReader reader, LargeIntegers largeIntegers) =>
        Number(reader.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence) : reader.ValueSpan, largeIntegers);

    private static Value Number(ReadOnlySpan<byte> digits, LargeIntegers largeIntegers)
    {
        if (Utf8Parser.TryParse(digits, out long integer, out var consumed) && consumed == digits.Length)
            return integer;
        if (digits.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0 || largeIntegers == LargeIntegers.Float)
            return double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (digits.Length > IntegerText.MaximumDigits)
            throw new JsonException($"a number of the JSON has more than {IntegerText.MaximumDigits} digits");
        return Value.Of(BigInteger.Parse(Encoding.ASCII.GetString(digits), CultureInfo.InvariantCulture));
    }
}
