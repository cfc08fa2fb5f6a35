using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Scopes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary>Statements with a scope of their own.</summary>
internal abstract class ScopedNode(int offset, Statement[] body) : Statement(offset)
{
    private ScopeEntry? _entry;

    protected Statement[] Body => body;

    public override void Declare(SymbolScope scope)
    {
    }

    public override void Bind(in Binding binding)
    {
        var scope = NewScope(binding);
        DeclareInside(scope);
        Array.ForEach(body, s => s.Declare(scope));
        var inner = binding.Inside(scope);
        BindInside(inner);
        foreach (var statement in body)
            statement.Bind(inner);
        _entry = inner.Enter();
    }

    protected virtual SymbolScope NewScope(in Binding binding) => binding.NewScope();

    protected virtual void DeclareInside(SymbolScope scope)
    {
    }

    protected virtual void BindInside(in Binding binding)
    {
    }

    protected void Enter(Frame frame) => _entry!.Run(frame);

    protected string CaptureBody(Frame frame) => frame.Capture(body, static (f, b) => RunAll(b, f));
}

/// <summary><c>{% with a = 1 %}…{% endwith %}</c>.</summary>
internal sealed class WithNode(int offset, KeyValuePair<Target, Expression>[] pairs, Statement[] body) : ScopedNode(offset, body)
{
    public override IEnumerable<Node> Children => [.. pairs.SelectMany(p => new Node[] { p.Value, p.Key }), .. Body];

    public override void Declare(SymbolScope scope) => Array.ForEach(pairs, p => p.Value.Declare(scope));

    public override void Bind(in Binding binding)
    {
        foreach (var pair in pairs)
            pair.Value.Bind(binding);
        base.Bind(binding);
    }

    public override void Run(Frame frame)
    {
        Enter(frame);
        foreach (var (target, value) in pairs)
            target.Assign(frame, value.Evaluate(frame));
        RunAll(Body, frame);
    }

    protected override void DeclareInside(SymbolScope scope) => Array.ForEach(pairs, p => p.Key.DeclareAsParameter(scope));

    protected override void BindInside(in Binding binding)
    {
        foreach (var pair in pairs)
            pair.Key.Bind(binding);
    }
}

/// <summary><c>{% filter upper %}…{% endfilter %}</c>.</summary>
internal sealed class FilterBlockNode(int offset, FilterNode filters, Statement[] body) : ScopedNode(offset, body)
{
    public override IEnumerable<Node> Children => [filters, .. Body];

    public override void Declare(SymbolScope scope) => filters.Declare(scope);

    public override void Run(Frame frame)
    {
        Enter(frame);
        frame.Write(filters.ApplyChain(frame, CaptureBody(frame)).ToString());
    }

    protected override void DeclareInside(SymbolScope scope) => filters.Declare(scope);

    protected override void BindInside(in Binding binding) => filters.Bind(binding);
}

/// <summary><c>{% autoescape true %}…{% endautoescape %}</c>: prints are escaped for HTML inside.</summary>
internal sealed class AutoescapeNode(int offset, Expression active, Statement[] body) : ScopedNode(offset, body)
{
    public override IEnumerable<Node> Children => [active, .. Body];

    public override void Run(Frame frame)
    {
        Enter(frame);
        var outer = frame.Escapes;
        frame.Escapes = active.Evaluate(frame).IsTruthy;
        RunAll(Body, frame);
        frame.Escapes = outer;
    }

    protected override void DeclareInside(SymbolScope scope) => active.Declare(scope);

    protected override void BindInside(in Binding binding) => active.Bind(binding);
}

/// <summary>
/// <c>{% block name %}…{% endblock %}</c>: its body in its place, as there is no template that could override it. It sees the
/// context, but none of the variables around it.
/// </summary>
internal sealed class BlockNode(int offset, string name, bool required, Statement[] body) : ScopedNode(offset, body)
{
    public string Name => name;

    public override IEnumerable<Node> Children => Body;

    protected override SymbolScope NewScope(in Binding binding) => new(binding.Scope.Allocator);

    public override void Run(Frame frame)
    {
        if (required)
            throw new ValueException(ValueErrorKind.Value, $"Required block '{name}' not found");
        Enter(frame);
        RunAll(Body, frame);
    }
}
