using Penstock.Connectors.Expressions.Nodes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>Text, prints and statements: the whole of a template.</summary>
internal sealed class StatementParser
{
    private const int MaximumDepth = 60;

    private readonly TokenStream _stream;
    private readonly ExpressionParser _expressions;
    private readonly TagParser _tags;
    private int _depth;

    private StatementParser(TokenStream stream)
    {
        _stream = stream;
        _expressions = new ExpressionParser(stream);
        _tags = new TagParser(stream, _expressions, this);
    }

    public static Statement[] Parse(string source)
    {
        var parser = new StatementParser(new TokenStream(Lexer.Tokenize(source)));
        return parser.Body([]);
    }

    /// <summary>Parses up to one of the end tags and leaves the stream on its name; without any, up to the template's end.</summary>
    public Statement[] Body(string[] ends)
    {
        var body = new List<Statement>();
        while (true)
        {
            var token = _stream.Current;
            switch (token.Kind)
            {
                case TokenKind.Data:
                    body.Add(new DataNode(token.Offset, _stream.Take().Text));
                    break;
                case TokenKind.VariableBegin:
                    _stream.Take();
                    body.Add(new PrintNode(token.Offset, _expressions.Operands.Tuple()));
                    _stream.Expect(TokenKind.VariableEnd, "'}}'");
                    break;
                case TokenKind.BlockBegin:
                    _stream.Take();
                    if (_stream.Current.Kind == TokenKind.Name && ends.Contains(_stream.Current.Text))
                        return [.. body];
                    body.Add(Tag(token.Offset, ends));
                    _stream.Expect(TokenKind.BlockEnd, "'%}'");
                    break;
                case TokenKind.End when ends.Length == 0:
                    return [.. body];
                default:
                    throw _stream.Unexpected(ends.Length == 0 ? "text or a tag" : string.Join(" or ", ends.Select(e => $"'{e}'")));
            }
        }
    }

    /// <summary>Parses the body of a tag: the end of the tag, then statements, then the end tag, which is taken.</summary>
    public Statement[] TagBody(string[] ends, out string end)
    {
        _stream.SkipOperator(":");
        _stream.Expect(TokenKind.BlockEnd, "'%}'");
        var body = Body(ends);
        end = _stream.Take().Text;
        return body;
    }

    public Statement[] TagBody(string end) => TagBody([end], out _);

    private Statement Tag(int offset, string[] ends)
    {
        if (++_depth > MaximumDepth)
            throw new SyntaxException($"statements nest more than {MaximumDepth} levels", offset);
        var name = _stream.Expect(TokenKind.Name, "the name of a tag").Text;
        var statement = _tags.TryParse(name, offset)
            ?? throw new SyntaxException(ends.Length == 0 ? $"unknown tag '{name}'" : $"unknown tag '{name}', or a missing {string.Join(" or ", ends)}", offset);
        _depth--;
        return statement;
    }
}
