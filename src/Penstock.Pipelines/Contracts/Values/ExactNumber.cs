namespace Penstock.Pipelines.Contracts.Values;

/// <summary>
/// A decimal number exactly as it is written, of any length: never through a double. Numbers of up to 18 digits without exponent,
/// which are nearly all, cost no allocation.
/// </summary>
internal readonly struct ExactNumber
{
    private const int MaxDigits = 18;

    private readonly long _mantissa;
    private readonly int _scale;
    private readonly LongNumber? _long;

    private ExactNumber(long mantissa, int scale, LongNumber? isLong = null) => (_mantissa, _scale, _long) = (mantissa, scale, isLong);

    /// <summary>Whether it has no fraction. As in JSON Schema 2020-12 (section 6.1.1), <c>1.0</c> and <c>1e3</c> have none.</summary>
    public bool IsInteger => _long is { } digits ? digits.IsInteger : _scale == 0 || _mantissa % PowerOfTen(_scale) == 0;

    /// <param name="number">A valid JSON number.</param>
    public static ExactNumber Parse(ReadOnlySpan<byte> number)
    {
        long mantissa = 0;
        int scale = 0;
        int digits = 0;
        bool point = false;
        int i = number[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        for (; i < number.Length; i++)
        {
            int digit = number[i] - '0';
            if (digit == '.' - '0')
                point = true;
            else if ((uint)digit > 9 || ++digits > MaxDigits)
                return new ExactNumber(0, 0, LongNumber.Parse(number));
            else
                (mantissa, scale) = ((mantissa * 10) + digit, scale + (point ? 1 : 0));
        }

        return new ExactNumber(number[0] == '-' ? -mantissa : mantissa, scale);
    }

    /// <summary>Less than 0, 0, or more: as it is less, equal or more.</summary>
    public int ComparedTo(ExactNumber other)
    {
        if (_long is not null || other._long is not null)
            return Long().ComparedTo(other.Long());
        if (_scale == other._scale)
            return _mantissa.CompareTo(other._mantissa);
        return _scale < other._scale
            ? ((Int128)_mantissa * PowerOfTen(other._scale - _scale)).CompareTo(other._mantissa)
            : ((Int128)_mantissa).CompareTo((Int128)other._mantissa * PowerOfTen(_scale - other._scale));
    }

    /// <summary>Whether it is a whole multiple of a step greater than 0.</summary>
    public bool IsMultipleOf(ExactNumber step)
    {
        if (_long is not null || step._long is not null)
            return Long().IsMultipleOf(step.Long());
        int scale = Math.Max(_scale, step._scale);
        return (Int128)_mantissa * PowerOfTen(scale - _scale) % ((Int128)step._mantissa * PowerOfTen(scale - step._scale)) == 0;
    }

    private LongNumber Long() => _long ?? LongNumber.Of(_mantissa, _scale);

    private static long PowerOfTen(int exponent)
    {
        long power = 1;
        while (exponent-- > 0)
            power *= 10;
        return power;
    }
}
