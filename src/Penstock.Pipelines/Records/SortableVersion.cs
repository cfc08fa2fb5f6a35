using System.Globalization;

namespace Penstock.Pipelines.Records;

/// <summary>Writes a version field's value as a text whose ordinal order is the value's own: numbers, instants, else texts.</summary>
public static class SortableVersion
{
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd",
    ];

    /// <summary>Writes a value.</summary>
    /// <param name="text">The value as the record has it.</param>
    /// <param name="isNumber">Whether it is a JSON number.</param>
    public static string Of(string text, bool isNumber)
    {
        if (isNumber)
            return OfNumber(text);
        // Without an offset the instant is UTC's, as in Airbyte; mixed offsets are compared as instants.
        return DateTimeOffset.TryParseExact(
            text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
            ? $"t{at.UtcTicks:D19}"
            : $"s{text}";
    }

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
