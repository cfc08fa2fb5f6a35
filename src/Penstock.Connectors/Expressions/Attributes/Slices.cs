using System.Numerics;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Attributes;

/// <summary><c>a[start:stop:step]</c>. Unlike other access it isn't forgiving: what can't be sliced is a type error.</summary>
internal static class Slices
{
    public static Value Take(Evaluation evaluation, in Value target, in Value start, in Value stop, in Value step)
    {
        if (target.AsText is { } text)
        {
            var slice = TakeText(text, start, stop, step);
            evaluation.Text(slice.Length);
            return target.AsObject is MarkupValue ? new MarkupValue(slice) : slice;
        }

        switch (target.AsObject)
        {
            case ListValue list:
                return new ListValue(Pick(evaluation, list.Elements, start, stop, step));
            case TupleValue tuple:
                return new TupleValue([.. Pick(evaluation, tuple.Elements, start, stop, step)]);
            case BytesValue bytes:
                return new BytesValue([.. Positions(bytes.Content.Length, start, stop, step).Select(i => bytes.Content.Span[i])]);
            case UndefinedValue undefined:
                throw undefined.Error();
            case DictValue or IMappingValue:
                // A slice is a key like any other since Python 3.12.
                throw new ValueException(ValueErrorKind.Key, "a mapping has no slices");
            default:
                throw ValueException.Type($"'{target.TypeName}' object is not subscriptable");
        }
    }

    private static string TakeText(string text, in Value start, in Value stop, in Value step)
    {
        if (!CodePoints.AreUnits(text))
        {
            var points = CodePoints.Split(text);
            return string.Concat(Positions(points.Length, start, stop, step).Select(i => points[i]));
        }

        var (from, to, stride) = Bounds(text.Length, start, stop, step);
        if (stride == 1)
            return from < to ? text[(int)from..(int)to] : string.Empty;
        return string.Concat(Positions(from, to, stride).Select(i => text[i]));
    }

    private static List<Value> Pick(Evaluation evaluation, IReadOnlyList<Value> elements, in Value start, in Value stop, in Value step)
    {
        var picked = Positions(elements.Count, start, stop, step).Select(i => elements[i]).ToList();
        evaluation.Steps(picked.Count);
        return picked;
    }

    private static IEnumerable<int> Positions(int count, in Value start, in Value stop, in Value step)
    {
        var (from, to, stride) = Bounds(count, start, stop, step);
        return Positions(from, to, stride);
    }

    private static IEnumerable<int> Positions(long from, long to, long stride)
    {
        for (var i = from; stride > 0 ? i < to : i > to; i += stride)
            yield return (int)i;
    }

    private static (long From, long To, long Stride) Bounds(long count, in Value start, in Value stop, in Value step)
    {
        var stride = step.IsNone ? 1 : Bound(step, long.MaxValue);
        if (stride == 0)
            throw ValueException.Bad("slice step cannot be zero");
        stride = Math.Clamp(stride, -count - 1, count + 1);
        var (low, high) = stride > 0 ? (0L, count) : (-1L, count - 1);
        var from = start.IsNone ? (stride > 0 ? low : high) : Resolve(start, count, low, high);
        var to = stop.IsNone ? (stride > 0 ? high : low) : Resolve(stop, count, low, high);
        return (from, to, stride);
    }

    private static long Resolve(in Value bound, long count, long low, long high)
    {
        var position = Bound(bound, count + 1);
        return Math.Clamp(position < 0 ? position + count : position, low, high);
    }

    // A bound far outside of the sequence is as good as one just outside.
    private static long Bound(in Value bound, long limit)
    {
        if (bound.AsObject is UndefinedValue || !Numbers.IsInteger(bound))
            throw ValueException.Type("slice indices must be integers or None or have an __index__ method");
        return (long)BigInteger.Max(-limit, BigInteger.Min(limit, Numbers.ToInteger(bound)));
    }
}
