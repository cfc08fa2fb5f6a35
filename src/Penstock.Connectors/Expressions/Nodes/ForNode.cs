using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Scopes;
using Penstock.Connectors.Expressions.Syntax;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary><c>{% for target in items if test recursive %}…{% else %}…{% endfor %}</c>.</summary>
internal sealed class ForNode(
    int offset, Target target, Expression items, Expression? test, bool recursive, Statement[] body, Statement[] otherwise) : Statement(offset)
{
    private readonly TargetCopy _testTarget = new(target);
    private ScopeEntry? _bodyEntry;
    private ScopeEntry? _testEntry;
    private ScopeEntry? _elseEntry;
    private int _loopSlot = -1;
    private int[] _slots = [];

    public override IEnumerable<Node> Children => [items, target, .. test is null ? Array.Empty<Node>() : [test], .. body, .. otherwise];

    public override void Declare(SymbolScope scope) => items.Declare(scope);

    public override void Bind(in Binding binding)
    {
        if (Children.SelectMany(c => c.Descendants()).OfType<NameTarget>().Any(t => t.Name == "loop"))
            throw new SyntaxException("can't assign to the special variable 'loop'", Offset);
        var firstSlot = binding.Scope.Allocator.Count;
        items.Bind(binding);
        BindBody(binding);
        BindTest(binding);
        BindElse(binding);
        _slots = [.. Enumerable.Range(firstSlot, binding.Scope.Allocator.Count - firstSlot)];
    }

    public override void Run(Frame frame) => Loop(frame, items.Evaluate(frame), 0);

    private void BindBody(in Binding binding)
    {
        var scope = binding.NewScope();
        if (recursive || Mentions(body, "loop"))
            _loopSlot = scope.DeclareParameter("loop");
        target.DeclareAsParameter(scope);
        Array.ForEach(body, s => s.Declare(scope));
        var inner = binding.Inside(scope);
        target.Bind(inner);
        foreach (var statement in body)
            statement.Bind(inner);
        _bodyEntry = inner.Enter();
    }

    private void BindTest(in Binding binding)
    {
        if (test is null)
            return;
        var scope = binding.NewScope();
        target.DeclareAsParameter(scope);
        test.Declare(scope);
        var inner = binding.Inside(scope);
        _testTarget.Bind(scope);
        test.Bind(inner);
        _testEntry = inner.Enter();
    }

    private void BindElse(in Binding binding)
    {
        var scope = binding.NewScope();
        Array.ForEach(otherwise, s => s.Declare(scope));
        var inner = binding.Inside(scope);
        foreach (var statement in otherwise)
            statement.Bind(inner);
        _elseEntry = inner.Enter();
    }

    private void Loop(Frame frame, in Value sequence, int depth)
    {
        var source = Iteration.Each(frame.Evaluation, sequence);
        long? length = sequence.AsText is { } text ? CodePoints.Count(text) : sequence.AsObject?.Length;
        if (test is not null)
            (source, length) = (source.Where(i => Passes(frame, i)), null);
        using var loop = new LoopValue(source, length, depth, recursive ? Again(frame, depth) : null);
        var any = false;
        while (loop.MoveNext())
        {
            any = true;
            target.Assign(frame, loop.Current);
            if (_loopSlot >= 0)
                frame.Slots[_loopSlot] = loop;
            _bodyEntry!.Run(frame);
            RunAll(body, frame);
        }

        if (any || otherwise.Length == 0)
            return;
        _elseEntry!.Run(frame);
        RunAll(otherwise, frame);
    }

    private bool Passes(Frame frame, in Value item)
    {
        _testEntry!.Run(frame);
        target.Assign(frame, item);
        _testTarget.Copy(frame);
        return test!.Evaluate(frame).IsTruthy;
    }

    // A recursive call runs the same statements on the same slots, so the outer loop's are put back afterwards.
    private Func<Value, Value> Again(Frame frame, int depth) => sequence =>
    {
        var saved = Array.ConvertAll(_slots, s => frame.Slots[s]);
        var text = frame.Capture(sequence, (f, s) => Loop(f, s, depth + 1));
        for (var i = 0; i < _slots.Length; i++)
            frame.Slots[_slots[i]] = saved[i];
        return frame.Escapes ? new MarkupValue(text) : text;
    };
}
