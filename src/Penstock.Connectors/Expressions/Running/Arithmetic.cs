using System.Numerics;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Formats;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
}

/// <summary>An object with operators of its own.</summary>
internal interface IOperand
{
    /// <summary>Gives the result, or null if the operator isn't defined between the two.</summary>
    Value? Operate(BinaryOperator operation, in Value left, in Value right);
}

/// <summary>Python's arithmetic, on numbers, texts, lists and objects.</summary>
internal static class Arithmetic
{
    public static Value Apply(Evaluation evaluation, BinaryOperator operation, in Value left, in Value right)
    {
        if (Numbers.IsNumber(left) && Numbers.IsNumber(right))
            return NumberArithmetic.Apply(evaluation, operation, left, right);
        if (left.AsText is not null && operation == BinaryOperator.Modulo)
            return PercentFormat.Apply(evaluation, left, right);
        if (operation == BinaryOperator.Subtract && SetDifference(evaluation, left, right) is { } rest)
            return rest;
        if ((left.AsObject as UndefinedValue ?? right.AsObject as UndefinedValue) is { } undefined)
            throw undefined.Error();
        return operation switch
        {
            BinaryOperator.Add when Sequences.Add(evaluation, left, right) is { } sum => sum,
            BinaryOperator.Multiply when Sequences.Repeat(evaluation, left, right) is { } repeated => repeated,
            _ => (left.AsObject as IOperand)?.Operate(operation, left, right)
                ?? (right.AsObject as IOperand)?.Operate(operation, left, right)
                ?? throw Unsupported(operation, left, right),
        };
    }

    public static Value Sign(Evaluation evaluation, in Value operand, bool negative)
    {
        if (operand.AsObject is UndefinedValue undefined)
            throw undefined.Error();
        if (operand.TryGetFloat(out var number))
            return negative ? -number : number;
        if (Numbers.IsInteger(operand))
            return Value.Of(negative ? -Numbers.ToInteger(operand) : Numbers.ToInteger(operand));
        return (operand.AsObject is Times.DurationValue && !negative ? null : operand.AsObject as IOperand)?.Operate(BinaryOperator.Multiply, operand, negative ? -1L : 1L)
            ?? throw ValueException.Type($"bad operand type for unary {(negative ? '-' : '+')}: '{operand.TypeName}'");
    }

    // A view of a mapping takes whatever can be walked over, on either side; a set takes sets and views.
    private static Value? SetDifference(Evaluation evaluation, in Value left, in Value right)
    {
        var views = left.AsObject is DictView { IsSetLike: true } || right.AsObject is DictView { IsSetLike: true };
        var sets = left.AsObject is SetValue && right.AsObject is SetValue;
        if (!sets && (!views || !IsIterable(left) || !IsIterable(right) || left.IsUndefined))
            return null;
        return SetMethods.Difference(evaluation, left, right);
    }

    private static bool IsIterable(in Value value) => value.AsText is not null || value.AsObject?.Items is not null;

    private static ValueException Unsupported(BinaryOperator operation, in Value left, in Value right)
    {
        var symbol = operation switch
        {
            BinaryOperator.Add => "+",
            BinaryOperator.Subtract => "-",
            BinaryOperator.Multiply => "*",
            BinaryOperator.Divide => "/",
            BinaryOperator.FloorDivide => "//",
            BinaryOperator.Modulo => "%",
            _ => "**",
        };
        return ValueException.Type($"unsupported operand type(s) for {symbol}: '{left.TypeName}' and '{right.TypeName}'");
    }
}
