using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Scopes;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary><c>{% set target = value %}</c>.</summary>
internal sealed class SetNode(int offset, Target target, Expression value) : Statement(offset)
{
    // The value is declared before the target: in `x = x + 1` the x on the right is the outer one.
    public override IEnumerable<Node> Children => [value, target];

    public override void Run(Frame frame)
    {
        target.Check(frame);
        target.Assign(frame, value.Evaluate(frame));
    }
}

/// <summary><c>{% set target %}…{% endset %}</c>: what the body writes.</summary>
internal sealed class SetBlockNode(int offset, Target target, FilterNode? filters, Statement[] body) : Statement(offset)
{
    private ScopeEntry? _entry;

    public override IEnumerable<Node> Children => [target, .. body, .. filters is null ? Array.Empty<Node>() : [filters]];

    public override void Declare(SymbolScope scope) => target.Declare(scope);

    public override void Bind(in Binding binding)
    {
        target.Bind(binding);
        var scope = binding.NewScope();
        Array.ForEach(body, s => s.Declare(scope));
        var inner = binding.Inside(scope);
        foreach (var statement in body)
            statement.Bind(inner);
        filters?.Declare(scope);
        filters?.Bind(inner);
        _entry = inner.Enter();
    }

    public override void Run(Frame frame)
    {
        _entry!.Run(frame);
        var text = frame.Capture(body, static (f, b) => RunAll(b, f));
        Values.Value value = frame.Escapes ? new Values.MarkupValue(text) : text;
        target.Assign(frame, filters is null ? value : filters.ApplyChain(frame, text));
    }
}
