using Penstock.Connectors.Expressions.Filters;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Tests;

/// <summary>Tests that compare.</summary>
internal static class ComparisonTests
{
    public static FunctionTable Table { get; } = new()
    {
        { "divisibleby", "value, num", (e, a) => Arithmetic.Apply(e, BinaryOperator.Modulo, a[0], a[1]) == 0L },
        { "even", "value", (e, a) => Arithmetic.Apply(e, BinaryOperator.Modulo, a[0], 2L) == 0L },
        { "odd", "value", (e, a) => Arithmetic.Apply(e, BinaryOperator.Modulo, a[0], 2L) == 1L },
        { "lower", "value", (_, a) => TextKinds.IsLower(a[0].ToString()) },
        { "upper", "value", (_, a) => TextKinds.IsUpper(a[0].ToString()) },
        { "sameas", "value, other", (_, a) => a[0].IsSame(a[1]) },
        { "filter", "value", (_, a) => IsKnown(a[0], n => AllFilters.Find(n) is not null) },
        { "test", "value", (_, a) => IsKnown(a[0], n => AllTests.Find(n) is not null) },
        { "in", "value, seq", (e, a) => Comparison.Contains(e, a[1], a[0]) },
        { "==", "a, b, /", (e, a) => Comparison.Holds(e, CompareOperator.Equal, a[0], a[1]) },
        { "eq", "==" },
        { "equalto", "==" },
        { "!=", "a, b, /", (e, a) => Comparison.Holds(e, CompareOperator.NotEqual, a[0], a[1]) },
        { "ne", "!=" },
        { ">", "a, b, /", (e, a) => Comparison.Holds(e, CompareOperator.Greater, a[0], a[1]) },
        { "gt", ">" },
        { "greaterthan", ">" },
        { ">=", "a, b, /", (e, a) => Comparison.Holds(e, CompareOperator.GreaterOrEqual, a[0], a[1]) },
        { "ge", ">=" },
        { "<", "a, b, /", (e, a) => Comparison.Holds(e, CompareOperator.Less, a[0], a[1]) },
        { "lt", "<" },
        { "lessthan", "<" },
        { "<=", "a, b, /", (e, a) => Comparison.Holds(e, CompareOperator.LessOrEqual, a[0], a[1]) },
        { "le", "<=" },
    };

    private static Value IsKnown(in Value name, Func<string, bool> known)
    {
        name.GetHashCode();
        return name.AsText is { } text && known(text);
    }
}
