using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Retrieval;

/// <summary>Reads templates out of components; one that can't be parsed is reported at its place.</summary>
internal static class Templates
{
    /// <summary>A text; null if absent.</summary>
    public static InterpolatedString? Template(this ManifestNode node, string field, string? defaultText = null, ValidTypes types = ValidTypes.Any) =>
        node.Text(field) is { } text ? Checked(node, field, new InterpolatedString(text, node.Parameters, defaultText, types), made => made.Error) : null;

    /// <summary>A text that must be there.</summary>
    public static InterpolatedString RequiredTemplate(this ManifestNode node, string field) =>
        Checked(node, field, new InterpolatedString(node.RequiredText(field), node.Parameters), made => made.Error);

    /// <summary>A condition; null if absent or empty.</summary>
    public static InterpolatedBoolean? Condition(this ManifestNode node, string field) =>
        node.Text(field) is { Length: > 0 } text ? Checked(node, field, new InterpolatedBoolean(text, node.Parameters), made => made.Error) : null;

    /// <summary>The texts of a list, each a template.</summary>
    public static IReadOnlyList<InterpolatedString> TemplateList(this ManifestNode node, string field) =>
        [.. node.List(field).Select(item => Checked(node, field, new InterpolatedString(item.Scalar.ToString(), node.Parameters), made => made.Error))];

    /// <summary>A flat mapping; null if absent or not a mapping.</summary>
    public static InterpolatedMapping? Mapping(this ManifestNode node, string field, ValidTypes types = ValidTypes.Any) =>
        node.ValueOf(field).AsDict is { } mapping ? Checked(node, field, new InterpolatedMapping(mapping, node.Parameters, types), made => made.Error) : null;

    public static T Checked<T>(ManifestNode node, string field, T made, Func<T, TemplateError?> errorOf)
    {
        if (errorOf(made) is { } error)
        {
            (node.Field(field) ?? node).Error($"The template can't be used: {error.Message} (line {error.Line}, column {error.Column} of the template).", "Correct the template.");
        }

        return made;
    }

    /// <summary>The texts of a path, evaluated with the config alone.</summary>
    public static IReadOnlyList<string> EvaluateTexts(this IEnumerable<InterpolatedString> path, EvaluationContext context) =>
        [.. path.Select(segment => segment.EvaluateText(context))];
}
