namespace Penstock.Connectors.Values;

/// <summary>Python's <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> and <c>&gt;=</c>.</summary>
internal static class ValueOrdering
{
    /// <summary>Less than, equal, greater than 0; null if unordered (nan).</summary>
    /// <exception cref="ValueException">The types have no order.</exception>
    public static int? Compare(in Value left, in Value right, string operation, int depth = 0)
    {
        if (left.AsText is { } text && right.AsText is { } otherText)
            return CodePoints.Compare(text, otherText);
        if (Numbers.IsNumber(left) && Numbers.IsNumber(right))
            return Numbers.Compare(left, right);
        if ((left.AsObject as UndefinedValue ?? right.AsObject as UndefinedValue) is { } undefined)
            throw undefined.Error();
        if (depth > ValueEquality.MaximumDepth)
            throw new ValueException(ValueErrorKind.Recursion, "maximum recursion depth exceeded in comparison");
        return (left.AsObject, right.AsObject) switch
        {
            (ListValue a, ListValue b) => CompareSequences(a.Elements, b.Elements, operation, depth),
            (TupleValue a, TupleValue b) => CompareSequences(a.Elements, b.Elements, operation, depth),
            (BytesValue a, BytesValue b) => a.Content.Span.SequenceCompareTo(b.Content.Span),
            (IOrderedValue a, { } b) when a.CompareTo(b) is { } order => order,
            _ => throw ValueException.Type($"'{operation}' not supported between instances of '{left.TypeName}' and '{right.TypeName}'"),
        };
    }

    private static int? CompareSequences(IReadOnlyList<Value> left, IReadOnlyList<Value> right, string operation, int depth)
    {
        for (var i = 0; i < left.Count && i < right.Count; i++)
        {
            if (!ValueEquality.Equals(left[i], right[i], depth + 1))
                return Compare(left[i], right[i], operation, depth + 1);
        }

        return left.Count.CompareTo(right.Count);
    }
}

/// <summary>An object with an order among its own kind.</summary>
internal interface IOrderedValue
{
    /// <summary>Less than, equal, greater than 0; null if the other has no order with it.</summary>
    int? CompareTo(ObjectValue other);
}
