using System.Numerics;

namespace Penstock.Connectors.Values;

/// <summary>
/// A value as templates see it. Two words: numbers, booleans and none cost no allocation. <c>default</c> is none.
/// Equality and hash codes are Python's: <c>1 == 1.0 == True</c>.
/// </summary>
public readonly partial struct Value : IEquatable<Value>
{
    private sealed class Tag(ValueKind kind)
    {
        public readonly ValueKind Kind = kind;
    }

    private static readonly Tag BoolTag = new(ValueKind.Bool);
    private static readonly Tag IntTag = new(ValueKind.Int);
    private static readonly Tag FloatTag = new(ValueKind.Float);

    private readonly object? _reference;
    private readonly long _bits;

    private Value(object? reference, long bits = 0)
    {
        _reference = reference;
        _bits = bits;
    }

    /// <summary>None.</summary>
    public static Value None => default;

    /// <summary>The value of a lookup that found nothing.</summary>
    public static Value Undefined { get; } = new(UndefinedValue.Anonymous);

    /// <summary>The empty text.</summary>
    public static Value Empty { get; } = new(string.Empty);

    /// <summary>A boolean.</summary>
    public static Value Of(bool value) => new(BoolTag, value ? 1 : 0);

    /// <summary>An integer.</summary>
    public static Value Of(long value) => new(IntTag, value);

    /// <summary>An integer of any size.</summary>
    public static Value Of(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Of((long)value) : new(new BigIntValue(value));

    /// <summary>A float.</summary>
    public static Value Of(double value) => new(FloatTag, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A text; none if it is null.</summary>
    public static Value Of(string? value) => new(value);

    /// <summary>A list, a mapping or another object; none if it is null.</summary>
    public static Value Of(ObjectValue? value) => new(value);

    /// <summary>A boolean.</summary>
    public static implicit operator Value(bool value) => Of(value);

    /// <summary>An integer.</summary>
    public static implicit operator Value(long value) => Of(value);

    /// <summary>A float.</summary>
    public static implicit operator Value(double value) => Of(value);

    /// <summary>A text; none if it is null.</summary>
    public static implicit operator Value(string? value) => Of(value);

    /// <summary>A list, a mapping or another object; none if it is null.</summary>
    public static implicit operator Value(ObjectValue? value) => Of(value);

    /// <summary>What the value is.</summary>
    public ValueKind Kind => _reference switch
    {
        null => ValueKind.None,
        string => ValueKind.Str,
        Tag tag => tag.Kind,
        _ => ((ObjectValue)_reference).Kind,
    };

    /// <summary>Whether it is none.</summary>
    public bool IsNone => _reference is null;

    /// <summary>Whether it is undefined.</summary>
    public bool IsUndefined => _reference is UndefinedValue;

    /// <summary>Python's truth: false for none, undefined, zero and everything empty.</summary>
    public bool IsTruthy => _reference switch
    {
        null => false,
        string text => text.Length > 0,
        Tag tag => tag == FloatTag ? BitConverter.Int64BitsToDouble(_bits) != 0 : _bits != 0,
        _ => ((ObjectValue)_reference).IsTruthy,
    };

    /// <summary>The text, or null if it isn't one.</summary>
    public string? AsText => _reference as string ?? (_reference as MarkupValue)?.Text;

    /// <summary>The list, or null if it isn't one.</summary>
    public ListValue? AsList => _reference as ListValue;

    /// <summary>The tuple, or null if it isn't one.</summary>
    public TupleValue? AsTuple => _reference as TupleValue;

    /// <summary>The mapping, or null if it isn't one.</summary>
    public DictValue? AsDict => _reference as DictValue;

    /// <summary>The object behind the value; null for none, booleans, small integers, floats and plain texts.</summary>
    public ObjectValue? AsObject => _reference as ObjectValue;

    /// <summary>Gives the boolean.</summary>
    public bool TryGetBool(out bool value)
    {
        value = _bits != 0;
        return _reference == BoolTag;
    }

    /// <summary>Gives an integer that fits 64 bits; a boolean isn't one.</summary>
    public bool TryGetInt64(out long value)
    {
        value = _bits;
        return _reference == IntTag;
    }

    /// <summary>Gives an integer of any size; a boolean isn't one.</summary>
    public bool TryGetInteger(out BigInteger value)
    {
        value = _reference is BigIntValue big ? big.Number : _bits;
        return _reference == IntTag || _reference is BigIntValue;
    }

    /// <summary>Gives a float; an integer isn't one.</summary>
    public bool TryGetFloat(out double value)
    {
        value = BitConverter.Int64BitsToDouble(_bits);
        return _reference == FloatTag;
    }

    /// <summary>Gives an integer or, as Python does, a boolean as one, if it fits 64 bits.</summary>
    internal bool TryGetIndex(out long value)
    {
        value = _bits;
        return _reference == IntTag || _reference == BoolTag;
    }

    /// <summary>The same object, or the same scalar: Python's <c>is</c>.</summary>
    internal bool IsSame(in Value other) => _reference is string text && other._reference is string otherText
        ? ReferenceEquals(text, otherText) || text == otherText
        : ReferenceEquals(_reference, other._reference) && _bits == other._bits;
}
