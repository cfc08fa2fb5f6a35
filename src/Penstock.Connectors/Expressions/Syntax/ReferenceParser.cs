using Penstock.Connectors.Expressions.Nodes;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>Tags that refer to other templates. They are understood, but there are no other templates.</summary>
internal sealed class ReferenceParser(TokenStream stream, ExpressionParser expressions)
{
    public Statement Parse(string name, int offset)
    {
        var template = expressions.Parse();
        var names = new List<string>();
        if (name == "import")
        {
            stream.ExpectName("as");
            names.Add(stream.Expect(TokenKind.Name, "a name").Text);
        }
        else if (name == "from")
        {
            stream.ExpectName("import");
            ImportedNames(names);
        }
        else if (name == "include" && stream.Current.IsName("ignore") && stream.Next.IsName("missing"))
        {
            stream.Take();
            stream.Take();
        }

        SkipContext();
        return new ReferenceNode(offset, template, [.. names]);
    }

    private void ImportedNames(List<string> names)
    {
        do
        {
            if (IsContext())
                return;
            var name = stream.Expect(TokenKind.Name, "a name").Text;
            names.Add(stream.SkipName("as") ? stream.Expect(TokenKind.Name, "a name").Text : name);
        }
        while (stream.SkipOperator(","));
    }

    private void SkipContext()
    {
        if (!IsContext())
            return;
        stream.Take();
        stream.Take();
    }

    private bool IsContext() => (stream.Current.IsName("with") || stream.Current.IsName("without")) && stream.Next.IsName("context");
}
