using System.Globalization;
using System.Numerics;
using System.Text;

namespace Penstock.Pipelines.Contracts.Values;

/// <summary>A number with many digits or an exponent: its digits, without zeros at either end, and where its point stands.</summary>
internal sealed class LongNumber
{
    // A power beyond this is compared all the same; but multiples of it aren't computed.
    private const long MostPlaces = 5_000;

    private readonly int _sign;
    private readonly byte[] _digits;
    // The value is 0.DIGITS × 10^point.
    private readonly long _point;

    private LongNumber(bool negative, ReadOnlySpan<byte> digits, long point)
    {
        ReadOnlySpan<byte> significant = digits.TrimStart((byte)'0');
        _digits = significant.TrimEnd((byte)'0').ToArray();
        _point = _digits.Length == 0 ? 0 : point - (digits.Length - significant.Length);
        _sign = _digits.Length == 0 ? 0 : negative ? -1 : 1;
    }

    public bool IsInteger => _point >= _digits.Length;

    public static LongNumber Parse(ReadOnlySpan<byte> number)
    {
        int e = number.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> mantissa = (e < 0 ? number : number[..e]).TrimStart("+-"u8);
        int point = mantissa.IndexOf((byte)'.');
        byte[] digits = [.. point < 0 ? mantissa : mantissa[..point], .. point < 0 ? [] : mantissa[(point + 1)..]];
        return new LongNumber(number[0] == '-', digits, (point < 0 ? mantissa.Length : point) + (e < 0 ? 0 : Exponent(number[(e + 1)..])));
    }

    public static LongNumber Of(long mantissa, int scale)
    {
        byte[] digits = Encoding.ASCII.GetBytes(mantissa.ToString(CultureInfo.InvariantCulture).TrimStart('-'));
        return new LongNumber(mantissa < 0, digits, digits.Length - scale);
    }

    public int ComparedTo(LongNumber other)
    {
        if (_sign != other._sign)
            return _sign.CompareTo(other._sign);
        int size = _point != other._point ? _point.CompareTo(other._point) : _digits.AsSpan().SequenceCompareTo(other._digits);
        return size * _sign;
    }

    public bool IsMultipleOf(LongNumber step)
    {
        if (_sign == 0)
            return true;
        long places = Math.Max(_digits.Length - _point, step._digits.Length - step._point);
        if (places + Math.Max(_point, step._point) > MostPlaces || step._sign == 0)
            return false;
        return Scaled(places) % step.Scaled(places) == 0;
    }

    private BigInteger Scaled(long places) =>
        BigInteger.Parse(Encoding.ASCII.GetString(_digits), CultureInfo.InvariantCulture) * BigInteger.Pow(10, (int)(places + _point - _digits.Length));

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
