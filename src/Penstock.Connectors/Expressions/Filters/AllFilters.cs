using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Filters;

/// <summary>All filters by name: Jinja's, with Airbyte's in place of those of the same name.</summary>
internal static class AllFilters
{
    private static readonly FunctionTable Table = new()
    {
        CommonFilters.Table,
        TextFilters.Table,
        NumberFilters.Table,
        SequenceFilters.Table,
        SelectionFilters.Table,
        SortingFilters.Table,
        HtmlFilters.Table,
        EncodingFilters.Table,
        RegexFilters.Table,
    };

    public static NativeFunction? Find(string name) => Table.TryGet(name, out var filter) ? filter : null;

    public static ValueException Unknown(string name) => new(ValueErrorKind.UnknownFilterOrTest, $"there is no filter '{name}'");
}
