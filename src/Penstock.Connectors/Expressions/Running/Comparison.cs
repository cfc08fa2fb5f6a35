using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

internal enum CompareOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}

/// <summary>Python's comparisons and membership.</summary>
internal static class Comparison
{
    public static bool Holds(Evaluation evaluation, CompareOperator operation, in Value left, in Value right)
    {
        if (left.AsObject is not null && right.AsObject is not null)
            evaluation.Heavy();
        return Compare(evaluation, operation, left, right);
    }

    private static bool Compare(Evaluation evaluation, CompareOperator operation, in Value left, in Value right) => operation switch
    {
        CompareOperator.Equal => left.Equals(right),
        CompareOperator.NotEqual => !left.Equals(right),
        CompareOperator.Less => Order(left, right, "<") < 0,
        CompareOperator.LessOrEqual => Order(left, right, "<=") <= 0,
        CompareOperator.Greater => Order(left, right, ">") > 0,
        CompareOperator.GreaterOrEqual => Order(left, right, ">=") >= 0,
        CompareOperator.In => Contains(evaluation, right, left),
        _ => !Contains(evaluation, right, left),
    };

    /// <summary>Whether one value is less than the other, as sorting asks.</summary>
    public static bool IsLess(in Value left, in Value right) => Order(left, right, "<") < 0;

    public static bool Contains(Evaluation evaluation, in Value container, in Value item)
    {
        if (container.AsText is { } text)
        {
            return text.Contains(
                item.AsText ?? throw ValueException.Type($"'in <string>' requires string as left operand, not {item.TypeName}"),
                StringComparison.Ordinal);
        }

        switch (container.AsObject)
        {
            case DictValue dict:
                return dict.Entries.ContainsKey(item);
            case SetValue set:
                return set.Contains(item);
            case BytesValue bytes:
                return ContainsBytes(bytes, item);
            case IContainer other:
                return other.Contains(item);
            case { Items: { } items }:
                return ContainsItem(evaluation, items, item);
            default:
                throw ValueException.Type($"argument of type '{container.TypeName}' is not iterable");
        }
    }

    private static bool ContainsBytes(BytesValue bytes, in Value item)
    {
        if (item.AsObject is BytesValue part)
            return bytes.Content.Span.IndexOf(part.Content.Span) >= 0;
        if (!Numbers.IsInteger(item))
            throw ValueException.Type($"a bytes-like object is required, not '{item.TypeName}'");
        return item.TryGetIndex(out var code) && code is >= 0 and < 256
            ? bytes.Content.Span.Contains((byte)code)
            : throw ValueException.Bad("byte must be in range(0, 256)");
    }

    private static bool ContainsItem(Evaluation evaluation, IEnumerable<Value> items, in Value item)
    {
        foreach (var candidate in items)
        {
            evaluation.Step();
            if (candidate.IsSame(item) || candidate.Equals(item))
                return true;
        }

        return false;
    }

    private static int? Order(in Value left, in Value right, string operation) => ValueOrdering.Compare(left, right, operation);
}

/// <summary>An object that knows what it contains.</summary>
internal interface IContainer
{
    bool Contains(in Value item);
}
