using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary>Python's <c>b64decode</c>: characters that aren't of the alphabet are skipped, wrong padding is an error.</summary>
internal static class LenientBase64
{
    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var result = new List<byte>(text.Length * 3 / 4);
        var (bits, count, padding) = (0, 0, 0);
        foreach (var b in text)
        {
            if (b == '=')
            {
                // A quartet that is full, or has at least two characters, may end here.
                if (count >= 2 && count + ++padding >= 4)
                    return [.. result];
                continue;
            }

            if (Digit((char)b) is not { } digit)
                continue;
            padding = 0;
            bits = (bits << 6) | digit;
            count = (count + 1) % 4;
            if (count != 1)
                result.Add((byte)(bits >> (count switch { 2 => 4, 3 => 2, _ => 0 })));
        }

        return count == 0
            ? [.. result]
            : throw ValueException.Bad(count == 1 ? "Invalid base64-encoded string: one character too many" : "Incorrect padding");
    }

    private static int? Digit(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => null,
    };
}
