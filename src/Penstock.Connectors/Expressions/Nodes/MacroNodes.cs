using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Scopes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <param name="Name">The parameter's name.</param>
/// <param name="Default">Its default, evaluated at each call, or null.</param>
internal sealed record MacroParameter(string Name, Expression? Default);

/// <summary>The parameters and statements of a macro or of a call block.</summary>
internal sealed class MacroBody(int offset, string name, MacroParameter[] parameters, Statement[] body) : ScopedNode(offset, body)
{
    private static readonly string[] Specials = ["caller", "kwargs", "varargs"];

    private int[] _parameterSlots = [];
    private int[] _slots = [];

    public string Name => name;

    public IReadOnlyList<MacroParameter> Parameters => parameters;

    /// <summary>The slots of <c>caller</c>, <c>kwargs</c> and <c>varargs</c> if the body mentions them, else -1.</summary>
    public int[] SpecialSlots { get; private set; } = [];

    public override IEnumerable<Node> Children => [.. parameters.Select(p => p.Default).OfType<Node>(), .. Body];

    public override void Bind(in Binding binding)
    {
        var firstSlot = binding.Scope.Allocator.Count;
        base.Bind(binding);
        _slots = [.. Enumerable.Range(firstSlot, binding.Scope.Allocator.Count - firstSlot)];
    }

    public override void Run(Frame frame)
    {
    }

    /// <summary>Runs the body with an argument for each parameter (null: its default) and for each special.</summary>
    public string Invoke(Frame frame, Value?[] arguments, Value[] specials)
    {
        // A macro may be running already further out, on the same slots.
        var saved = Array.ConvertAll(_slots, s => frame.Slots[s]);
        try
        {
            Enter(frame);
            for (var i = 0; i < parameters.Length; i++)
                frame.Slots[_parameterSlots[i]] = arguments[i] ?? Binding.Missing(parameters[i].Name);
            for (var i = 0; i < SpecialSlots.Length; i++)
                SetSpecial(frame, SpecialSlots[i], specials[i]);
            for (var i = 0; i < parameters.Length; i++)
            {
                if (arguments[i] is null && parameters[i].Default is { } value)
                    frame.Slots[_parameterSlots[i]] = value.Evaluate(frame);
            }

            return CaptureBody(frame);
        }
        finally
        {
            for (var i = 0; i < _slots.Length; i++)
                frame.Slots[_slots[i]] = saved[i];
        }
    }

    protected override void DeclareInside(SymbolScope scope)
    {
        var mentioned = Children.SelectMany(c => c.Descendants()).OfType<NameNode>().Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var explicitNames = parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        _parameterSlots = Array.ConvertAll(parameters, p => scope.DeclareParameter(p.Name));
        SpecialSlots = Array.ConvertAll(Specials, s => mentioned.Contains(s) && !explicitNames.Contains(s) ? scope.DeclareParameter(s) : -1);
        foreach (var parameter in parameters)
            parameter.Default?.Declare(scope);
    }

    protected override void BindInside(in Binding binding)
    {
        foreach (var parameter in parameters)
            parameter.Default?.Bind(binding);
    }

    private static void SetSpecial(Frame frame, int slot, in Value value)
    {
        if (slot >= 0)
            frame.Slots[slot] = value;
    }
}

/// <summary><c>{% macro name(a, b=1) %}…{% endmacro %}</c>.</summary>
internal sealed class MacroNode(int offset, MacroBody body) : Statement(offset)
{
    private int _slot;

    public override IEnumerable<Node> Children => [body];

    public override void Declare(SymbolScope scope) => scope.Store(body.Name);

    public override void Bind(in Binding binding)
    {
        _slot = binding.Scope.Find(body.Name);
        body.Bind(binding);
    }

    public override void Run(Frame frame) => frame.Slots[_slot] = new MacroValue(frame, body);
}

/// <summary><c>{% call macro() %}…{% endcall %}</c>: the macro may call the block as <c>caller()</c>.</summary>
internal sealed class CallBlockNode(int offset, CallNode call, MacroBody body) : Statement(offset)
{
    public override IEnumerable<Node> Children => [call, body];

    public override void Declare(SymbolScope scope) => call.Declare(scope);

    public override void Run(Frame frame) => frame.Write(call.Evaluate(frame, new MacroValue(frame, body)).ToString());
}
