using Penstock.Connectors.Expressions.Nodes;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary><c>(a, b, key=c, *more, **named)</c>.</summary>
internal sealed class ArgumentParser(TokenStream stream, ExpressionParser expressions)
{
    public ArgumentNodes Parse()
    {
        var offset = stream.Current.Offset;
        stream.ExpectOperator("(");
        var positional = new List<Expression>();
        var named = new List<KeyValuePair<string, Expression>>();
        Expression? more = null;
        Expression? moreNamed = null;
        while (!stream.Current.IsOperator(")"))
        {
            if (stream.SkipOperator("*"))
            {
                Ensure(more is null && moreNamed is null, offset);
                more = expressions.Parse();
            }
            else if (stream.SkipOperator("**"))
            {
                Ensure(moreNamed is null, offset);
                moreNamed = expressions.Parse();
            }
            else if (stream.Current.Kind == TokenKind.Name && stream.Next.IsOperator("="))
            {
                Ensure(moreNamed is null, offset);
                named.Add(Named(named, offset));
            }
            else
            {
                Ensure(more is null && moreNamed is null && named.Count == 0, offset);
                positional.Add(expressions.Parse());
            }

            if (!stream.Current.IsOperator(")"))
                stream.ExpectOperator(",");
        }

        stream.ExpectOperator(")");
        return new ArgumentNodes([.. positional], [.. named], more, moreNamed);
    }

    private KeyValuePair<string, Expression> Named(List<KeyValuePair<string, Expression>> named, int offset)
    {
        var name = stream.Take().Text;
        stream.Take();
        Ensure(!named.Exists(n => n.Key == name), offset);
        return new(name, expressions.Parse());
    }

    private static void Ensure(bool holds, int offset)
    {
        if (!holds)
            throw new SyntaxException("wrong order or repetition of arguments in a call", offset);
    }
}
