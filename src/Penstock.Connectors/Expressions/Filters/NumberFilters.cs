using System.Globalization;
using System.Numerics;
using Penstock.Connectors.Expressions.Formats;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Times;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Filters;

/// <summary>Filters for numbers.</summary>
internal static class NumberFilters
{
    public static FunctionTable Table { get; } = new()
    {
        { "abs", "x, /", Absolute },
        { "filesizeformat", "value, binary=False", (_, a) => FileSize(Conversions.ToFloat(a[0]), a[1].IsTruthy) },
        { "float", "value, default=0.0", ToFloat },
        { "int", "value, default=0, base=10", ToInteger },
        { "round", "value, precision=0, method='common'", Round },
        { "sum", "iterable, attribute=None, start=0", (e, a) => Summing.Sum(e, a[0], a[1].IsNone ? null : new AttributeGetter(a[1]), a[2]) },
    };

    private static Value Absolute(Evaluation evaluation, Value[] a)
    {
        if (a[0].TryGetFloat(out var number))
            return Math.Abs(number);
        if (a[0].AsObject is TimedeltaValue delta)
            return TimedeltaValue.Of(Int128.Abs(delta.Microseconds));
        return Numbers.IsInteger(a[0])
            ? Value.Of(BigInteger.Abs(Numbers.ToInteger(a[0])))
            : throw ValueException.Type($"bad operand type for abs(): '{a[0].TypeName}'");
    }

    // Like Jinja: what isn't an integer may still be a float to cut; only then the default.
    private static Value ToInteger(Evaluation evaluation, Value[] a)
    {
        try
        {
            if (a[0].AsText is not null)
                return Value.Of(Conversions.ToInteger(a[0], (int)Math.Clamp(Integers.ToIndex(a[2]), -1, 100)));
            return Value.Of(Conversions.ToInteger(a[0]));
        }
        catch (ValueException failed) when (failed.Kind is ValueErrorKind.Type or ValueErrorKind.Value)
        {
            return CutFloat(a);
        }
    }

    private static Value CutFloat(Value[] a)
    {
        try
        {
            return Value.Of(Conversions.ToInteger(Conversions.ToFloat(a[0])));
        }
        catch (ValueException failed) when (failed.Kind is ValueErrorKind.Type or ValueErrorKind.Value or ValueErrorKind.Overflow)
        {
            return a[1];
        }
    }

    private static Value ToFloat(Evaluation evaluation, Value[] a)
    {
        try
        {
            return Conversions.ToFloat(a[0]);
        }
        catch (ValueException failed) when (failed.Kind is ValueErrorKind.Type or ValueErrorKind.Value)
        {
            return a[1];
        }
    }

    private static Value Round(Evaluation evaluation, Value[] a)
    {
        if (a[2].AsText is not ("common" or "ceil" or "floor"))
            throw ValueException.Bad("method must be common, ceil or floor");
        if (a[2].AsText == "common")
            return Rounding.Round(a[0], a[1]);
        var scale = Arithmetic.Apply(evaluation, BinaryOperator.Power, 10L, a[1]);
        var scaled = Number(Arithmetic.Apply(evaluation, BinaryOperator.Multiply, a[0], scale));
        var whole = scaled.TryGetFloat(out var number)
            ? Conversions.ToInteger(a[2].AsText == "ceil" ? Math.Ceiling(number) : Math.Floor(number))
            : Numbers.ToInteger(scaled);
        return Arithmetic.Apply(evaluation, BinaryOperator.Divide, Value.Of(whole), scale);
    }

    private static Value Number(in Value value) =>
        Numbers.IsNumber(value) ? value : throw ValueException.Type($"must be real number, not {value.TypeName}");

    private static Value FileSize(double bytes, bool binary)
    {
        var step = binary ? 1024.0 : 1000.0;
        if (bytes == 1)
            return "1 Byte";
        if (bytes < step)
            return $"{Conversions.ToInteger(bytes)} Bytes";
        var unit = step;
        var index = 0;
        for (; index < 7 && bytes >= unit * step; index++)
            unit *= step;
        var prefix = "kMGTPEZY"[index].ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{ExactDecimal.Fixed(bytes / unit, 1)} {(binary ? prefix.ToUpperInvariant() + "i" : prefix)}B");
    }
}
