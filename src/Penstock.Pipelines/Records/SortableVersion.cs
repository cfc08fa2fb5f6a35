using System.Globalization;
using System.Text;

namespace Penstock.Pipelines.Records;

/// <summary>Writes a version field's value as a text whose ordinal order is the value's own: numbers, instants, else texts.</summary>
public static class SortableVersion
{
    /// <summary>Writes a JSON value; the empty text for one that can't be a version.</summary>
    /// <param name="value">The value as the record has it; a text with its quotes.</param>
    public static string Of(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return "";
        return value[0] switch
        {
            (byte)'"' => OfText(JsonSkim.Inside(value)),
            (byte)'{' or (byte)'[' or (byte)'n' => "",
            (byte)'t' or (byte)'f' => OfText(value),
            _ => OfNumber(Encoding.UTF8.GetString(value)),
        };
    }

    // Mixed offsets are compared as instants.
    private static string OfText(ReadOnlySpan<byte> text) => Moment.OfText(text) is { } at ? OfTime(at) : $"s{Encoding.UTF8.GetString(text)}";

    /// <summary>Writes an instant.</summary>
    public static string OfTime(DateTimeOffset at) => string.Create(20, at.UtcTicks, static (text, ticks) =>
    {
        text[0] = 't';
        ticks.TryFormat(text[1..], out _, "D19", CultureInfo.InvariantCulture);
    });

    /// <summary>The instant that a version text is; null if it is none.</summary>
    public static DateTimeOffset? InstantOf(ReadOnlySpan<byte> text) => Moment.OfText(text);

    // The double orders all numbers; the integer tells those apart that a double can't (above 2^53).
    private static string OfNumber(string text)
    {
        double number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        ulong exact = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer)
            ? unchecked((ulong)integer) ^ (1ul << 63)
            : 0;
        ulong bits = BitConverter.DoubleToUInt64Bits(number == 0 ? 0 : number);
        bits = (bits >> 63) == 1 ? ~bits : bits ^ (1ul << 63);
        return $"n{bits:x16}{exact:x16}";
    }
}
