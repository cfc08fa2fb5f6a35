using Penstock.Connectors.Expressions.Nodes;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>The tags: what stands between <c>{%</c> and <c>%}</c>. The tag's name is taken already.</summary>
internal sealed class TagParser(TokenStream stream, ExpressionParser expressions, StatementParser statements)
{
    private readonly TargetParser _targets = new(stream);
    private readonly MacroParser _macros = new(stream, expressions, statements);
    private readonly ReferenceParser _references = new(stream, expressions);

    public Statement? TryParse(string name, int offset) => name switch
    {
        "set" => Set(offset),
        "if" => If(offset),
        "for" => For(offset),
        "with" => With(offset),
        "print" => Print(offset),
        "filter" => new FilterBlockNode(offset, expressions.Operands.FilterChain(inline: true)!, statements.TagBody("endfilter")),
        "macro" => _macros.Macro(offset),
        "call" => _macros.Call(offset),
        "block" => Block(offset),
        "autoescape" => new AutoescapeNode(offset, expressions.Parse(), statements.TagBody("endautoescape")),
        "include" or "import" or "from" or "extends" => _references.Parse(name, offset),
        _ => null,
    };

    private Statement Set(int offset)
    {
        var target = _targets.Parse(allowAttributes: true);
        if (stream.SkipOperator("="))
            return new SetNode(offset, target, expressions.Operands.Tuple());
        var filters = expressions.Operands.FilterChain(inline: false);
        return new SetBlockNode(offset, target, filters, statements.TagBody("endset"));
    }

    private IfNode If(int offset)
    {
        var branches = new List<IfBranch>();
        while (true)
        {
            var test = expressions.Operands.Tuple(conditional: false);
            branches.Add(new IfBranch(test, statements.TagBody(["elif", "else", "endif"], out var end)));
            if (end == "elif")
                continue;
            return new IfNode(offset, [.. branches], end == "else" ? statements.TagBody("endif") : []);
        }
    }

    private ForNode For(int offset)
    {
        var target = _targets.Parse(allowAttributes: false, endName: "in");
        stream.ExpectName("in");
        var items = expressions.Operands.Tuple(conditional: false, endName: "recursive");
        var test = stream.SkipName("if") ? expressions.Parse() : null;
        var recursive = stream.SkipName("recursive");
        var body = statements.TagBody(["endfor", "else"], out var end);
        var otherwise = end == "else" ? statements.TagBody("endfor") : [];
        return new ForNode(offset, target, items, test, recursive, body, otherwise);
    }

    private WithNode With(int offset)
    {
        var pairs = new List<KeyValuePair<Target, Expression>>();
        while (stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (pairs.Count > 0)
                stream.ExpectOperator(",");
            var target = _targets.Parse(allowAttributes: false);
            stream.ExpectOperator("=");
            pairs.Add(new(target, expressions.Parse()));
        }

        return new WithNode(offset, [.. pairs], statements.TagBody("endwith"));
    }

    private SequenceNode Print(int offset)
    {
        var items = new List<Statement>();
        while (stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (items.Count > 0)
                stream.ExpectOperator(",");
            items.Add(new PrintNode(offset, expressions.Parse()));
        }

        return new SequenceNode(offset, [.. items]);
    }

    private BlockNode Block(int offset)
    {
        var name = stream.Expect(TokenKind.Name, "a name").Text;
        stream.SkipName("scoped");
        var required = stream.SkipName("required");
        var body = statements.TagBody("endblock");
        stream.SkipName(name);
        return new BlockNode(offset, name, required, body);
    }
}
