namespace Penstock.Pipelines.Contracts;

/// <summary>Says whether a JSON number has no fraction. As in JSON Schema 2020-12 (section 6.1.1), <c>1.0</c> and <c>1e3</c> have none.</summary>
internal static class JsonInteger
{
    /// <param name="number">A valid JSON number, of any length.</param>
    public static bool Is(ReadOnlySpan<byte> number)
    {
        int mark = number.IndexOfAny((byte)'.', (byte)'e', (byte)'E');
        if (mark < 0)
            return true;
        int e = number.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> mantissa = e < 0 ? number : number[..e];
        int point = mantissa.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = (point < 0 ? mantissa : mantissa[..point]).TrimStart((byte)'-').TrimStart((byte)'0');
        ReadOnlySpan<byte> fraction = point < 0 ? [] : mantissa[(point + 1)..].TrimEnd((byte)'0');
        if (whole.IsEmpty && fraction.IsEmpty)
            return true;

        // value = digits × 10^(exponent - length of fraction): whole if the zeros at the end of the digits make up for the power.
        long exponent = e < 0 ? 0 : Exponent(number[(e + 1)..]);
        int zeros = fraction.IsEmpty ? whole.Length - whole.TrimEnd((byte)'0').Length : 0;
        return exponent - fraction.Length + zeros >= 0;
    }

    // Clamped: beyond this no number of bounded length changes its answer.
    private static long Exponent(ReadOnlySpan<byte> digits)
    {
        bool negative = digits[0] == '-';
        long value = 0;
        foreach (byte digit in digits.TrimStart("+-"u8))
            value = Math.Min((value * 10) + (digit - '0'), int.MaxValue);
        return negative ? -value : value;
    }
}
