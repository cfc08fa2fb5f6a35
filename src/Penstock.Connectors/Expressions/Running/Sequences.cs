using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary><c>+</c> and <c>*</c> of texts, lists, tuples and bytes.</summary>
internal static class Sequences
{
    /// <summary>Joins two of a kind; null if they aren't.</summary>
    public static Value? Add(Evaluation evaluation, in Value left, in Value right)
    {
        if (left.AsText is { } a && right.AsText is { } b)
        {
            evaluation.Text(a.Length + (long)b.Length);
            return left.AsObject is MarkupValue || right.AsObject is MarkupValue
                ? new MarkupValue(Html.Escape(left) + Html.Escape(right))
                : a + b;
        }

        evaluation.Steps((left.AsObject?.Length ?? 0) + (right.AsObject?.Length ?? 0));
        return (left.AsObject, right.AsObject) switch
        {
            (ListValue x, ListValue y) => new ListValue(x.Elements.Concat(y.Elements)),
            (TupleValue x, TupleValue y) => new TupleValue([.. x.Elements, .. y.Elements]),
            (BytesValue x, BytesValue y) => new BytesValue([.. x.Content.Span, .. y.Content.Span]),
            _ => (Value?)null,
        };
    }

    /// <summary>Repeats a sequence; null if the two aren't a sequence and an integer.</summary>
    public static Value? Repeat(Evaluation evaluation, in Value left, in Value right)
    {
        var (sequence, factor) = Numbers.IsInteger(left) ? (right, left) : (left, right);
        if (!Numbers.IsInteger(factor) || !(sequence.AsText is not null || sequence.Kind is ValueKind.List or ValueKind.Tuple or ValueKind.Bytes))
            return null;
        var count = Math.Max(0, Integers.ToIndex(factor));
        var length = sequence.AsText?.Length ?? sequence.AsObject!.Length!.Value;
        var total = length == 0 ? 0 : count > int.MaxValue ? long.MaxValue : length * count;
        if (sequence.AsText is { } text)
        {
            evaluation.Text(total);
            var repeated = total == 0 ? string.Empty : string.Concat(Enumerable.Repeat(text, (int)count));
            return sequence.AsObject is MarkupValue ? new MarkupValue(repeated) : repeated;
        }

        evaluation.Steps(total);
        var times = total == 0 ? 0 : (int)count;
        return sequence.AsObject switch
        {
            ListValue list => new ListValue(Enumerable.Repeat(list.Elements, times).SelectMany(e => e)),
            TupleValue tuple => new TupleValue([.. Enumerable.Repeat(tuple.Elements, times).SelectMany(e => e)]),
            BytesValue bytes => new BytesValue([.. Enumerable.Repeat(bytes.Content.ToArray(), times).SelectMany(e => e)]),
            _ => (Value?)null,
        };
    }
}
