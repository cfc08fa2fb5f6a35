using System.Numerics;

namespace Penstock.Connectors.Values;

/// <summary>Python's <c>==</c> and hash codes.</summary>
internal static class ValueEquality
{
    public const int MaximumDepth = 200;

    public static bool Equals(in Value left, in Value right, int depth)
    {
        if (left.AsText is { } text)
            return right.AsText is { } otherText && text == otherText;
        if (Numbers.IsNumber(left))
            return Numbers.IsNumber(right) && Numbers.AreEqual(left, right);
        if (left.IsNone || right.IsNone)
            return left.IsNone && right.IsNone;
        if (left.AsObject is not { } first || right.AsObject is not { } second)
            return false;
        if (depth > MaximumDepth)
            throw new ValueException(ValueErrorKind.Recursion, "maximum recursion depth exceeded in comparison");
        return ReferenceEquals(first, second) || first.IsEqualTo(second, depth + 1) || (first.GetType() != second.GetType() && second.IsEqualTo(first, depth + 1));
    }

    public static bool SequenceEquals(IReadOnlyList<Value> left, IReadOnlyList<Value> right, int depth)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!Equals(left[i], right[i], depth))
                return false;
        }

        return true;
    }

    public static int HashCode(in Value value)
    {
        if (value.AsText is { } text)
            return StringComparer.Ordinal.GetHashCode(text);
        if (value.TryGetIndex(out var integer))
            return integer.GetHashCode();
        if (value.TryGetFloat(out var number))
        {
            if (Math.Floor(number) != number || !double.IsFinite(number))
                return number.GetHashCode();
            return number is >= -9.2e18 and <= 9.2e18 ? ((long)number).GetHashCode() : Value.Of(new BigInteger(number)).GetHashCode();
        }

        return value.AsObject?.HashCode() ?? 0;
    }
}

public readonly partial struct Value
{
    /// <inheritdoc/>
    public bool Equals(Value other) => ValueEquality.Equals(this, other, 0);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <summary>A hash code that goes with <see cref="Equals(Value)"/>.</summary>
    /// <exception cref="ValueException">A list, a mapping or a set, which have none.</exception>
    public override int GetHashCode() => ValueEquality.HashCode(this);

    /// <summary>Python's <c>==</c>.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Python's <c>!=</c>.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);
}
