using Penstock.Connectors.Expressions.Running;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary>Text outside of tags.</summary>
internal sealed class DataNode(int offset, string text) : Statement(offset)
{
    public string Text => text;

    public override void Run(Frame frame) => frame.Write(text);
}

/// <summary><c>{{ expression }}</c>.</summary>
internal sealed class PrintNode(int offset, Expression expression) : Statement(offset)
{
    public Expression Expression => expression;

    public override IEnumerable<Node> Children => [expression];

    public override void Run(Frame frame)
    {
        var value = expression.Evaluate(frame);
        frame.Write(frame.Escapes ? Html.Escape(value) : value.ToString());
    }
}

/// <summary>Several statements.</summary>
internal sealed class SequenceNode(int offset, Statement[] body) : Statement(offset)
{
    public override IEnumerable<Node> Children => body;

    public override void Run(Frame frame) => RunAll(body, frame);
}

/// <summary>A tag that refers to another template: a type error, as there is no loader of templates.</summary>
internal sealed class ReferenceNode(int offset, Expression template, string[] names) : Statement(offset)
{
    public override IEnumerable<Node> Children => [template];

    public override void Declare(Scopes.SymbolScope scope)
    {
        base.Declare(scope);
        Array.ForEach(names, scope.Store);
    }

    public override void Run(Frame frame) => throw Values.ValueException.Type("no loader for this environment specified");
}
