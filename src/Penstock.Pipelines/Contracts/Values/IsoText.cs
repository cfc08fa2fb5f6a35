namespace Penstock.Pipelines.Contracts.Values;

/// <summary>
/// Recognises ISO 8601 dates, times and instants in their extended form, as RFC 3339 profiles them; seconds may be missing, a
/// fraction has up to nine digits, and an offset may be written <c>+01:00</c>, <c>+0100</c> or <c>+01</c>.
/// </summary>
internal static class IsoText
{
    /// <summary>The length of <c>2018-01-31T09:30:00.123456789+01:00</c>.</summary>
    public const int MaxLength = 35;

    /// <summary><c>2018-01-31</c>, of the Gregorian calendar.</summary>
    public static bool IsDate(ReadOnlySpan<byte> text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-'
        && Number(text[..4]) is >= 1 and var year
        && Number(text[5..7]) is >= 1 and <= 12 and var month
        && Number(text[8..]) is >= 1 and var day && day <= DateTime.DaysInMonth(year, month);

    /// <summary><c>09:30</c>, <c>09:30:00</c> or <c>09:30:00.123</c>, with or without an offset.</summary>
    public static bool IsTime(ReadOnlySpan<byte> text) => TimeLength(text) is var rest and >= 0 && (rest == text.Length || IsOffset(text[rest..]));

    /// <summary>A date, <c>T</c>, a time, and an offset.</summary>
    public static bool IsTimestamp(ReadOnlySpan<byte> text) =>
        text.Length > 16 && text[10] is (byte)'T' or (byte)'t' && IsDate(text[..10])
        && TimeLength(text[11..]) is var rest and >= 0 && IsOffset(text[(11 + rest)..]);

    /// <summary>A date, <c>T</c>, and a time without an offset.</summary>
    public static bool IsLocalTimestamp(ReadOnlySpan<byte> text) =>
        text.Length >= 16 && text[10] is (byte)'T' or (byte)'t' && IsDate(text[..10]) && TimeLength(text[11..]) == text.Length - 11;

    /// <summary>How many bytes at the beginning are a time; -1 if there is none.</summary>
    public static int TimeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 5 || text[2] != ':' || Number(text[..2]) is not (>= 0 and < 24) || Number(text[3..5]) is not (>= 0 and < 60))
            return -1;
        if (text.Length == 5 || text[5] != ':')
            return 5;
        if (text.Length < 8 || Number(text[6..8]) is not (>= 0 and < 60))
            return -1;
        if (text.Length == 8 || text[8] is not ((byte)'.' or (byte)','))
            return 8;
        int digits = text[9..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length - 9 : digits;
        return digits is > 0 and <= 9 ? 9 + digits : -1;
    }

    /// <summary><c>Z</c>, <c>+01:00</c>, <c>+0100</c> or <c>+01</c>.</summary>
    public static bool IsOffset(ReadOnlySpan<byte> text) => text.Length switch
    {
        1 => text[0] is (byte)'Z' or (byte)'z',
        3 => IsSign(text[0]) && Number(text[1..]) is >= 0 and < 24,
        5 => IsSign(text[0]) && Number(text[1..3]) is >= 0 and < 24 && Number(text[3..]) is >= 0 and < 60,
        6 => IsSign(text[0]) && text[3] == ':' && Number(text[1..3]) is >= 0 and < 24 && Number(text[4..]) is >= 0 and < 60,
        _ => false,
    };

    private static bool IsSign(byte sign) => sign is (byte)'+' or (byte)'-';

    private static int Number(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return -1;
            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
