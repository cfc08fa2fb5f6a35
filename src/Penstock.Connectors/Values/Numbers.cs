using System.Numerics;

namespace Penstock.Connectors.Values;

/// <summary>Comparison and conversion across booleans, integers and floats, exact as in Python.</summary>
internal static class Numbers
{
    public static bool IsNumber(in Value value) => value.Kind is ValueKind.Bool or ValueKind.Int or ValueKind.Float;

    public static bool IsInteger(in Value value) => value.Kind is ValueKind.Bool or ValueKind.Int;

    /// <summary>An integer or a boolean as one.</summary>
    public static BigInteger ToInteger(in Value value) =>
        value.TryGetIndex(out var small) ? small : value.TryGetInteger(out var big) ? big : throw NotAnInteger(value);

    /// <summary>Any number as a double.</summary>
    public static double ToDouble(in Value value)
    {
        if (value.TryGetFloat(out var number))
            return number;
        if (value.TryGetIndex(out var small))
            return small;
        var converted = Nearest(ToInteger(value));
        return double.IsFinite(converted) ? converted : throw ValueException.Overflow("int too large to convert to float");
    }

    /// <summary>The nearest double; .NET's own conversion cuts instead of rounding. Infinite if there is none.</summary>
    public static double Nearest(BigInteger number)
    {
        var drop = (int)Math.Min(BigInteger.Abs(number).GetBitLength() - 64, 2000);
        if (drop <= 0)
            return RoundToDouble(number);
        // 64 bits and one that tells whether anything was lost are enough to round once, to 53.
        var head = BigInteger.Abs(number) >> drop;
        var sticky = (head << drop) != BigInteger.Abs(number) ? BigInteger.One : BigInteger.Zero;
        return Math.ScaleB(RoundToDouble((head << 1) | sticky), drop - 1) * number.Sign;
    }

    public static bool AreEqual(in Value left, in Value right)
    {
        if (left.TryGetIndex(out var a) && right.TryGetIndex(out var b))
            return a == b;
        return Compare(left, right) == 0;
    }

    /// <summary>Less than, equal, greater than 0; null if one of them is not a number (nan).</summary>
    public static int? Compare(in Value left, in Value right)
    {
        if (left.TryGetIndex(out var a) && right.TryGetIndex(out var b))
            return a.CompareTo(b);
        var leftIsFloat = left.TryGetFloat(out var x);
        var rightIsFloat = right.TryGetFloat(out var y);
        if (leftIsFloat && rightIsFloat)
            return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
        if (leftIsFloat)
            return -CompareIntegerToFloat(ToInteger(right), x);
        return rightIsFloat ? CompareIntegerToFloat(ToInteger(left), y) : ToInteger(left).CompareTo(ToInteger(right));
    }

    // An integer may have more digits than a double can hold, so the double is made exact rather than the integer rounded.
    private static int? CompareIntegerToFloat(BigInteger integer, double number)
    {
        if (double.IsNaN(number))
            return null;
        if (double.IsInfinity(number))
            return number > 0 ? -1 : 1;
        var whole = Math.Floor(number);
        var order = integer.CompareTo(new BigInteger(whole));
        return order == 0 && number > whole ? -1 : order;
    }

    private static double RoundToDouble(BigInteger number)
    {
        var size = BigInteger.Abs(number);
        var drop = (int)size.GetBitLength() - 53;
        if (drop <= 0)
            return (double)number;
        var rest = size & ((BigInteger.One << drop) - 1);
        var half = BigInteger.One << (drop - 1);
        size >>= drop;
        if (rest > half || (rest == half && !size.IsEven))
            size += 1;
        return Math.ScaleB((double)size, drop) * number.Sign;
    }

    private static ValueException NotAnInteger(in Value value) =>
        ValueException.Type($"'{value.TypeName}' object cannot be interpreted as an integer");
}
