using Penstock.Connectors.Expressions.Nodes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>Names and literals, and what may follow them: access, calls, filters, tests.</summary>
internal sealed class OperandParser(TokenStream stream, ExpressionParser expressions)
{
    private readonly ArgumentParser _arguments = new(stream, expressions);

    public Expression Primary()
    {
        var token = stream.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                stream.Take();
                return token.Text switch
                {
                    "true" or "True" => new ConstantNode(token.Offset, true),
                    "false" or "False" => new ConstantNode(token.Offset, false),
                    "none" or "None" => new ConstantNode(token.Offset, Value.None),
                    _ => new NameNode(token.Offset, token.Text),
                };
            case TokenKind.Text:
                return new ConstantNode(token.Offset, AdjacentTexts());
            case TokenKind.Number:
                return new ConstantNode(token.Offset, stream.Take().Constant);
            case TokenKind.Operator when token.Text == "(":
                stream.Take();
                var inner = Tuple(parenthesized: true);
                stream.ExpectOperator(")");
                return inner;
            case TokenKind.Operator when token.Text == "[":
                return List();
            case TokenKind.Operator when token.Text == "{":
                return Dict();
            default:
                throw stream.Unexpected("an expression");
        }
    }

    /// <summary>One expression, or several with commas between them, which make a tuple.</summary>
    /// <param name="parenthesized">Whether nothing at all is a tuple too.</param>
    /// <param name="conditional">Whether <c>a if b else c</c> is allowed.</param>
    /// <param name="endName">A name that ends the tuple.</param>
    public Expression Tuple(bool parenthesized = false, bool conditional = true, string? endName = null)
    {
        var offset = stream.Current.Offset;
        var items = new List<Expression>();
        var isTuple = false;
        while (!IsTupleEnd(endName))
        {
            items.Add(expressions.Parse(conditional));
            if (!stream.SkipOperator(","))
                break;
            isTuple = true;
        }

        if (!isTuple && items.Count == 1)
            return items[0];
        return isTuple || parenthesized ? new TupleNode(offset, [.. items]) : throw stream.Unexpected("an expression");
    }

    /// <summary>What follows an operand directly: <c>.name</c>, <c>[key]</c>, <c>(arguments)</c>.</summary>
    public Expression Postfix(Expression node)
    {
        while (stream.Current.Kind == TokenKind.Operator)
        {
            switch (stream.Current.Text)
            {
                case ".":
                    node = Dotted(node);
                    break;
                case "[":
                    node = Subscript(node);
                    break;
                case "(":
                    node = new CallNode(stream.Current.Offset, node, _arguments.Parse());
                    break;
                default:
                    return node;
            }
        }

        return node;
    }

    /// <summary><c>| filter</c> and <c>is test</c>.</summary>
    public Expression Filters(Expression node)
    {
        while (true)
        {
            if (stream.Current.IsOperator("|"))
                node = Filter(node);
            else if (stream.Current.IsName("is"))
                node = Test(node);
            else if (stream.Current.IsOperator("("))
                node = new CallNode(stream.Current.Offset, node, _arguments.Parse());
            else
                return node;
        }
    }

    /// <summary>The chain of filters of a filter block or a set block; the first has no <c>|</c> if <paramref name="inline"/>.</summary>
    public FilterNode? FilterChain(bool inline)
    {
        FilterNode? chain = null;
        while (inline || stream.Current.IsOperator("|"))
        {
            chain = inline ? NamedFilter(null) : Filter(chain);
            inline = false;
        }

        return chain;
    }

    private FilterNode Filter(Expression? node)
    {
        stream.ExpectOperator("|");
        return NamedFilter(node);
    }

    private FilterNode NamedFilter(Expression? node)
    {
        var offset = stream.Current.Offset;
        var name = DottedName();
        return new FilterNode(offset, node, name, stream.Current.IsOperator("(") ? _arguments.Parse() : ArgumentNodes.None);
    }

    private Expression Test(Expression node)
    {
        var offset = stream.Take().Offset;
        var negated = stream.SkipName("not");
        var name = DottedName();
        Expression test = new TestNode(offset, node, name, TestArguments());
        return negated ? new NotNode(offset, test) : test;
    }

    private ArgumentNodes TestArguments()
    {
        var token = stream.Current;
        if (token.IsOperator("("))
            return _arguments.Parse();
        var startsOperand = token.Kind is TokenKind.Text or TokenKind.Number || token.IsOperator("[") || token.IsOperator("{")
            || (token.Kind == TokenKind.Name && token.Text is not ("else" or "or" or "and"));
        if (!startsOperand)
            return ArgumentNodes.None;
        if (token.IsName("is"))
            throw new SyntaxException("tests can't be chained with 'is'", token.Offset);
        return new ArgumentNodes([Postfix(Primary())], [], null, null);
    }

    private string DottedName()
    {
        var name = stream.Expect(TokenKind.Name, "a name").Text;
        while (stream.SkipOperator("."))
            name += "." + stream.Expect(TokenKind.Name, "a name").Text;
        return name;
    }

    private Expression Dotted(Expression target)
    {
        var offset = stream.Take().Offset;
        var token = stream.Take();
        if (token.Kind == TokenKind.Name)
            return new AttributeNode(offset, target, token.Text);
        if (token.Kind == TokenKind.Number && !token.Constant.TryGetFloat(out _))
            return new ItemNode(offset, target, new ConstantNode(token.Offset, token.Constant));
        throw new SyntaxException("expected a name or a number after '.'", token.Offset);
    }

    private Expression Subscript(Expression target)
    {
        var offset = stream.Take().Offset;
        if (SubscriptParser.TrySlice(stream, expressions, target, out var slice))
            return slice;
        var keys = new List<Expression>();
        while (!stream.Current.IsOperator("]"))
        {
            if (keys.Count > 0)
                stream.ExpectOperator(",");
            keys.Add(expressions.Parse());
            if (keys.Count == 1 && stream.Current.IsOperator(":"))
                return SubscriptParser.Slice(stream, expressions, target, keys[0]);
        }

        stream.ExpectOperator("]");
        return new ItemNode(offset, target, keys.Count == 1 ? keys[0] : new TupleNode(offset, [.. keys]));
    }

    private string AdjacentTexts()
    {
        var text = stream.Take().Constant.AsText!;
        while (stream.Current.Kind == TokenKind.Text)
            text += stream.Take().Constant.AsText;
        return text;
    }

    private ListNode List()
    {
        var offset = stream.Take().Offset;
        var items = new List<Expression>();
        while (!stream.Current.IsOperator("]"))
        {
            items.Add(expressions.Parse());
            if (!stream.Current.IsOperator("]"))
                stream.ExpectOperator(",");
        }

        stream.ExpectOperator("]");
        return new ListNode(offset, [.. items]);
    }

    private DictNode Dict()
    {
        var offset = stream.Take().Offset;
        var entries = new List<KeyValuePair<Expression, Expression>>();
        while (!stream.Current.IsOperator("}"))
        {
            var key = expressions.Parse();
            stream.ExpectOperator(":");
            entries.Add(new(key, expressions.Parse()));
            if (!stream.Current.IsOperator("}"))
                stream.ExpectOperator(",");
        }

        stream.ExpectOperator("}");
        return new DictNode(offset, [.. entries]);
    }

    private bool IsTupleEnd(string? endName) => stream.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd
        || stream.Current.IsOperator(")") || (endName is not null && stream.Current.IsName(endName));
}
