using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Tests;

/// <summary>Tests that ask what a value is.</summary>
internal static class TypeTests
{
    public static FunctionTable Table { get; } = new()
    {
        { "boolean", "value", (_, a) => a[0].Kind == ValueKind.Bool },
        { "callable", "obj, /", (_, a) => a[0].AsObject is CallableValue or UndefinedValue },
        { "defined", "value", (_, a) => !a[0].IsUndefined },
        { "escaped", "value", (_, a) => a[0].AsObject is MarkupValue },
        { "false", "value", (_, a) => a[0].TryGetBool(out var flag) && !flag },
        { "float", "value", (_, a) => a[0].Kind == ValueKind.Float },
        { "integer", "value", (_, a) => a[0].Kind == ValueKind.Int },
        { "iterable", "value", (_, a) => a[0].AsText is not null || a[0].AsObject?.Items is not null },
        { "mapping", "value", (_, a) => a[0].AsObject is DictValue or IMappingValue },
        { "none", "value", (_, a) => a[0].IsNone },
        { "number", "value", (_, a) => Numbers.IsNumber(a[0]) || a[0].AsObject is ComplexValue },
        { "sequence", "value", (_, a) => IsSequence(a[0]) },
        { "string", "value", (_, a) => a[0].AsText is not null },
        { "true", "value", (_, a) => a[0].TryGetBool(out var flag) && flag },
        { "undefined", "value", (_, a) => a[0].IsUndefined },
    };

    // Python asks for a length and for subscripts, so a mapping is a sequence too.
    private static bool IsSequence(in Value value) =>
        value.AsText is not null || value.AsObject is ListValue or TupleValue or DictValue or BytesValue or IMappingValue or UndefinedValue;
}
