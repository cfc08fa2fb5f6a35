using Penstock.Connectors.Expressions.Nodes;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>What can be assigned to: a name, <c>namespace.name</c>, several of them.</summary>
internal sealed class TargetParser(TokenStream stream)
{
    public Target Parse(bool allowAttributes, string? endName = null)
    {
        var offset = stream.Current.Offset;
        var targets = new List<Target>();
        var isTuple = false;
        while (!IsEnd(endName))
        {
            targets.Add(One(allowAttributes));
            if (!stream.SkipOperator(","))
                break;
            isTuple = true;
        }

        if (targets.Count == 0)
            throw stream.Unexpected("a name to assign to");
        return isTuple ? new TupleTarget(offset, [.. targets]) : targets[0];
    }

    private Target One(bool allowAttributes)
    {
        if (stream.SkipOperator("("))
        {
            var inner = Parse(allowAttributes: false);
            stream.ExpectOperator(")");
            return inner;
        }

        var token = stream.Expect(TokenKind.Name, "a name to assign to");
        if (token.Text is "true" or "false" or "none" or "True" or "False" or "None")
            throw new SyntaxException($"can't assign to '{token.Text}'", token.Offset);
        if (!allowAttributes || !stream.SkipOperator("."))
            return new NameTarget(token.Offset, token.Text);
        return new NamespaceTarget(token.Offset, token.Text, stream.Expect(TokenKind.Name, "a name").Text);
    }

    private bool IsEnd(string? endName) => stream.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd
        || stream.Current.IsOperator(")") || (endName is not null && stream.Current.IsName(endName));
}
