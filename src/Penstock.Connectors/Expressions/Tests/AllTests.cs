using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Tests;

/// <summary>All tests by name.</summary>
internal static class AllTests
{
    private static readonly FunctionTable Table = new()
    {
        TypeTests.Table,
        ComparisonTests.Table,
    };

    public static NativeFunction? Find(string name) => Table.TryGet(name, out var test) ? test : null;

    public static ValueException Unknown(string name) => new(ValueErrorKind.UnknownFilterOrTest, $"there is no test '{name}'");
}
