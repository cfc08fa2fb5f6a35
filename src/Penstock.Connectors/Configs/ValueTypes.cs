using Penstock.Connectors.Expressions;

namespace Penstock.Connectors.Configs;

/// <summary>The format's <c>value_type</c>: which type a template's result may have.</summary>
internal static class ValueTypes
{
    public static ValidTypes Of(string? valueType) => valueType switch
    {
        "string" => ValidTypes.Str,
        "integer" => ValidTypes.Int,
        "number" => ValidTypes.Float,
        "boolean" => ValidTypes.Bool,
        _ => ValidTypes.Any,
    };
}
