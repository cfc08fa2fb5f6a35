using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Syntax;

internal enum TokenKind
{
    /// <summary>Text outside of tags.</summary>
    Data,
    VariableBegin,
    VariableEnd,
    BlockBegin,
    BlockEnd,
    Name,
    Text,
    Number,
    Operator,
    End,
}

/// <summary>A token of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The name, the operator or the data.</param>
/// <param name="Constant">The value of a text or a number.</param>
/// <param name="Offset">Where it begins in the template, in UTF-16 units.</param>
internal readonly record struct Token(TokenKind Kind, string Text, Value Constant, int Offset)
{
    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;

    public bool IsOperator(string symbol) => Kind == TokenKind.Operator && Text == symbol;

    public string Describe() => Kind switch
    {
        TokenKind.End => "the end of the template",
        TokenKind.VariableEnd => "'}}'",
        TokenKind.BlockEnd => "'%}'",
        TokenKind.Text => "a text",
        TokenKind.Number => "a number",
        _ => $"'{Text}'",
    };
}
