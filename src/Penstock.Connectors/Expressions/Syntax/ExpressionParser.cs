using Penstock.Connectors.Expressions.Nodes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>
/// Jinja's expression grammar, from the loosest binding to the tightest. Two things differ from Python: <c>**</c> associates to
/// the left and binds looser than a sign, and <c>~</c> binds tighter than <c>+</c>.
/// </summary>
internal sealed class ExpressionParser
{
    private const int MaximumDepth = 150;

    private readonly TokenStream _stream;
    private readonly OperandParser _operands;
    private int _depth;

    public ExpressionParser(TokenStream stream)
    {
        _stream = stream;
        _operands = new OperandParser(stream, this);
    }

    public OperandParser Operands => _operands;

    /// <summary>An expression; with <paramref name="conditional"/> also <c>a if b else c</c>.</summary>
    public Expression Parse(bool conditional = true)
    {
        Enter();
        var expression = conditional ? Conditional() : Or();
        _depth--;
        return expression;
    }

    public void Enter()
    {
        if (++_depth > MaximumDepth)
            throw new SyntaxException($"the expression nests more than {MaximumDepth} levels", _stream.Current.Offset);
    }

    public void Leave() => _depth--;

    private Expression Conditional()
    {
        var offset = _stream.Current.Offset;
        var value = Or();
        while (_stream.SkipName("if"))
        {
            var test = Or();
            var otherwise = _stream.SkipName("else") ? Parse() : null;
            value = new ConditionalNode(offset, test, value, otherwise);
        }

        return value;
    }

    private Expression Or()
    {
        var left = And();
        while (_stream.Current.IsName("or"))
            left = new OrNode(_stream.Take().Offset, left, And());
        return left;
    }

    private Expression And()
    {
        var left = Not();
        while (_stream.Current.IsName("and"))
            left = new AndNode(_stream.Take().Offset, left, Not());
        return left;
    }

    private Expression Not()
    {
        if (!_stream.Current.IsName("not"))
            return Compare();
        Enter();
        var node = new NotNode(_stream.Take().Offset, Not());
        Leave();
        return node;
    }

    private Expression Compare()
    {
        var offset = _stream.Current.Offset;
        var first = Sum();
        var rest = new List<KeyValuePair<CompareOperator, Expression>>();
        while (TryTakeComparison() is { } operation)
            rest.Add(new(operation, Sum()));
        return rest.Count == 0 ? first : new CompareNode(offset, first, [.. rest]);
    }

    private CompareOperator? TryTakeComparison()
    {
        var token = _stream.Current;
        CompareOperator? operation = token.Kind switch
        {
            TokenKind.Name when token.Text == "in" => CompareOperator.In,
            TokenKind.Name when token.Text == "not" && _stream.Next.IsName("in") => CompareOperator.NotIn,
            TokenKind.Operator => token.Text switch
            {
                "==" => CompareOperator.Equal,
                "!=" => CompareOperator.NotEqual,
                "<" => CompareOperator.Less,
                "<=" => CompareOperator.LessOrEqual,
                ">" => CompareOperator.Greater,
                ">=" => CompareOperator.GreaterOrEqual,
                _ => null,
            },
            _ => null,
        };
        if (operation is not null)
            _stream.Take();
        if (operation == CompareOperator.NotIn)
            _stream.Take();
        return operation;
    }

    private Expression Sum()
    {
        var left = Concatenation();
        while (_stream.Current is { Kind: TokenKind.Operator, Text: "+" or "-" })
        {
            var token = _stream.Take();
            left = new BinaryNode(token.Offset, token.Text == "+" ? BinaryOperator.Add : BinaryOperator.Subtract, left, Concatenation());
        }

        return left;
    }

    private Expression Concatenation()
    {
        var offset = _stream.Current.Offset;
        var items = new List<Expression> { Product() };
        while (_stream.SkipOperator("~"))
            items.Add(Product());
        return items.Count == 1 ? items[0] : new ConcatenationNode(offset, [.. items]);
    }

    private Expression Product()
    {
        var left = Power();
        while (_stream.Current is { Kind: TokenKind.Operator, Text: "*" or "/" or "//" or "%" })
        {
            var token = _stream.Take();
            var operation = token.Text switch
            {
                "*" => BinaryOperator.Multiply,
                "/" => BinaryOperator.Divide,
                "//" => BinaryOperator.FloorDivide,
                _ => BinaryOperator.Modulo,
            };
            left = new BinaryNode(token.Offset, operation, left, Power());
        }

        return left;
    }

    private Expression Power()
    {
        var left = Unary(withFilters: true);
        while (_stream.Current.IsOperator("**"))
            left = new BinaryNode(_stream.Take().Offset, BinaryOperator.Power, left, Unary(withFilters: true));
        return left;
    }

    private Expression Unary(bool withFilters)
    {
        var token = _stream.Current;
        Expression node;
        if (token is { Kind: TokenKind.Operator, Text: "-" or "+" })
        {
            Enter();
            _stream.Take();
            node = new SignNode(token.Offset, token.Text == "-", Unary(withFilters: false));
            Leave();
        }
        else
        {
            node = _operands.Primary();
        }

        node = _operands.Postfix(node);
        return withFilters ? _operands.Filters(node) : node;
    }
}
