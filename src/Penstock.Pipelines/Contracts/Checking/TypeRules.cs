using System.Text.Json;
using Penstock.Pipelines.Contracts.Values;

namespace Penstock.Pipelines.Contracts.Checking;

/// <summary>Which tokens are values of which logical type.</summary>
internal static class TypeRules
{
    /// <summary>Whether a value that isn't null is of a property's type.</summary>
    /// <param name="property">The property.</param>
    /// <param name="token">The value's first token.</param>
    /// <param name="text">The value of a text (without escapes) or a number; else empty.</param>
    public static bool Keeps(ContractProperty property, JsonTokenType token, ReadOnlySpan<byte> text) => property.Type switch
    {
        LogicalType.Any => true,
        LogicalType.String => token == JsonTokenType.String,
        LogicalType.Boolean => token is JsonTokenType.True or JsonTokenType.False,
        LogicalType.Number => token == JsonTokenType.Number,
        LogicalType.Integer => token == JsonTokenType.Number && ExactNumber.Parse(text).IsInteger,
        LogicalType.Object => token == JsonTokenType.StartObject,
        LogicalType.Array => token == JsonTokenType.StartArray,
        _ => token == JsonTokenType.String && IsMoment(property, text),
    };

    /// <summary>What the value must be, in words.</summary>
    public static string Reason(ContractProperty property) => property.Type switch
    {
        LogicalType.String => "It must be a string.",
        LogicalType.Boolean => "It must be true or false.",
        LogicalType.Number => "It must be a number.",
        LogicalType.Integer => "It must be an integer.",
        LogicalType.Object => "It must be an object.",
        LogicalType.Array => "It must be an array.",
        _ when property.Options.MomentFormat is { } format => $"It must be a {property.Type.ToString().ToLowerInvariant()} of the format {format.Pattern}.",
        LogicalType.Date => "It must be a date, for example 2018-01-31.",
        LogicalType.Time => "It must be a time, for example 09:30:00.",
        LogicalType.Timestamp => "It must be a timestamp with an offset, for example 2018-01-31T09:30:00Z.",
        _ => "",
    };

    private static bool IsMoment(ContractProperty property, ReadOnlySpan<byte> text)
    {
        // What is coerced may come as it is written, too.
        if (property.Options.MomentFormat is { } format && property.Coercion == Coercion.None)
            return format.Read(text) is not null;
        return property.Type switch
        {
            LogicalType.Date => IsoText.IsDate(text),
            LogicalType.Time => IsoText.IsTime(text),
            _ => IsoText.IsTimestamp(text) || (property.Options.HasZone == false && property.Coercion == Coercion.None && IsoText.IsLocalTimestamp(text)),
        };
    }
}
