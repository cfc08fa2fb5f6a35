using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records;

/// <summary>
/// Copies a record with integers beyond 64 bits as floats: so the reference lands them, and one value must not change its type
/// with the way that a record took.
/// </summary>
internal static class LongNumbers
{
    public static void Copy(ReadOnlySpan<byte> record, IBufferWriter<byte> target)
    {
        var reader = new Utf8JsonReader(record, new JsonReaderOptions { MaxDepth = 512 });
        var copied = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.Number || !IsBeyond64Bits(reader.ValueSpan))
            {
                continue;
            }

            var start = (int)reader.TokenStartIndex;
            target.Write(record[copied..start]);
            var number = double.Parse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
            Values.Json.ValueJsonWriter.Write(target, Value.Of(number));
            copied = (int)reader.BytesConsumed;
        }

        target.Write(record[copied..]);
    }

    private static bool IsBeyond64Bits(ReadOnlySpan<byte> digits) =>
        digits.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0
        && !long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        && !ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
