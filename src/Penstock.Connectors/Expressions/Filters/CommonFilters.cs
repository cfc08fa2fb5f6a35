using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Filters;

/// <summary>Filters for values of every type.</summary>
internal static class CommonFilters
{
    public static FunctionTable Table { get; } = new()
    {
        { "default", "value, default_value='', boolean=False", (_, a) => a[0].IsUndefined || (a[2].IsTruthy && !a[0].IsTruthy) ? a[1] : a[0] },
        { "d", "default" },
        { "length", "obj, /", (_, a) => Length(a[0]) },
        { "count", "length" },
        { "list", "value", (e, a) => Iteration.ToList(e, a[0]) },
        { "lower", "s", (_, a) => SoftText(a[0], TextCasing.Lower) },
        { "upper", "s", (_, a) => SoftText(a[0], TextCasing.Upper) },
    };

    private static Value Length(in Value value)
    {
        if (value.AsText is { } text)
            return CodePoints.Count(text);
        return value.AsObject?.Length ?? throw ValueException.Type($"object of type '{value.TypeName}' has no len()");
    }

    private static Value SoftText(in Value value, Func<string, string> change) =>
        value.AsObject is MarkupValue markup ? new MarkupValue(change(markup.Text)) : change(value.ToString());
}
