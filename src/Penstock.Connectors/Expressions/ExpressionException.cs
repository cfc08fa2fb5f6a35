using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions;

/// <summary>
/// A template failed: it can't be parsed, or its evaluation met an error that the language has no rule for. The message names
/// the template, the place and types, never a value.
/// </summary>
public sealed class ExpressionException : Exception
{
    internal ExpressionException(string template, ValueErrorKind kind, string message, int offset, Exception? inner = null)
        : base(Describe(template, message, offset), inner)
    {
        Template = template;
        Kind = kind;
        Offset = offset;
    }

    /// <summary>The template's text.</summary>
    public string Template { get; }

    /// <summary>The family of the error.</summary>
    public ValueErrorKind Kind { get; }

    /// <summary>Where the part begins that failed, in UTF-16 units from the template's beginning.</summary>
    public int Offset { get; }

    private static string Describe(string template, string message, int offset)
    {
        var place = TemplateError.At(template, ValueErrorKind.Syntax, message, offset);
        var excerpt = template.Length <= 200 ? template : template[..200] + "…";
        return $"{message} (line {place.Line}, column {place.Column} of the template '{excerpt}')";
    }
}
