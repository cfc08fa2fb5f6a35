using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>Unwinds the parser; <see cref="Template.Parse"/> turns it into a <see cref="TemplateError"/>.</summary>
internal sealed class SyntaxException(string message, int offset, ValueErrorKind kind = ValueErrorKind.Syntax) : Exception(message)
{
    public int Offset { get; } = offset;

    public ValueErrorKind Kind { get; } = kind;
}
