using Penstock.Connectors.Expressions.Nodes;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary><c>{% macro %}</c> and <c>{% call %}</c>.</summary>
internal sealed class MacroParser(TokenStream stream, ExpressionParser expressions, StatementParser statements)
{
    public Statement Macro(int offset)
    {
        var name = stream.Expect(TokenKind.Name, "a name").Text;
        var parameters = Parameters();
        return new MacroNode(offset, new MacroBody(offset, name, parameters, statements.TagBody("endmacro")));
    }

    public Statement Call(int offset)
    {
        var parameters = stream.Current.IsOperator("(") ? Parameters() : [];
        if (expressions.Parse() is not CallNode call)
            throw new SyntaxException("expected a call", offset);
        return new CallBlockNode(offset, call, new MacroBody(offset, "caller", parameters, statements.TagBody("endcall")));
    }

    private MacroParameter[] Parameters()
    {
        var parameters = new List<MacroParameter>();
        stream.ExpectOperator("(");
        while (!stream.Current.IsOperator(")"))
        {
            if (parameters.Count > 0)
                stream.ExpectOperator(",");
            var name = stream.Expect(TokenKind.Name, "a name");
            var value = stream.SkipOperator("=") ? expressions.Parse() : null;
            if (value is null && parameters.Exists(p => p.Default is not null))
                throw new SyntaxException("a parameter without a default follows one with a default", name.Offset);
            parameters.Add(new MacroParameter(name.Text, value));
        }

        stream.ExpectOperator(")");
        return [.. parameters];
    }
}
