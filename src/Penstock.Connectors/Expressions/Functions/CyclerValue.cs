using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary><c>cycler('a', 'b')</c>: gives its items in turn.</summary>
internal sealed class CyclerValue(IReadOnlyList<Value> items) : ObjectValue, IHasMethods, IHasProperties
{
    private int _position;

    public override string TypeName => "Cycler";

    public override bool IsTruthy => true;

    public FunctionTable Methods => Table;

    private static FunctionTable Table { get; } = new()
    {
        { "next", "self", (_, a) => Self(a).Next() },
        { "reset", "self", (_, a) => Self(a).Reset() },
    };

    public bool TryGetProperty(string name, out Value value)
    {
        value = name switch
        {
            "current" => items[_position],
            "items" => new TupleValue([.. items]),
            "pos" => (long)_position,
            _ => default,
        };
        return name is "current" or "items" or "pos";
    }

    internal override void AppendRepr(StringBuilder target, int depth) => target.Append("<jinja2.utils.Cycler object>");

    private Value Next()
    {
        var value = items[_position];
        _position = (_position + 1) % items.Count;
        return value;
    }

    private Value Reset()
    {
        _position = 0;
        return Value.None;
    }

    private static CyclerValue Self(Value[] a) => (CyclerValue)a[0].AsObject!;
}

/// <summary><c>joiner(', ')</c>: nothing the first time it is called, then the separator.</summary>
internal sealed class JoinerValue(Value separator) : CallableValue, IHasProperties
{
    private bool _used;

    public override string TypeName => "Joiner";

    public override string Name => "joiner";

    public override Value Call(Evaluation evaluation, in Arguments arguments)
    {
        if (arguments.Positional.Length + arguments.Named.Count > 0)
            throw ValueException.Type("joiner takes no arguments");
        var text = _used ? separator : Value.Empty;
        _used = true;
        return text;
    }

    public bool TryGetProperty(string name, out Value value)
    {
        value = name == "sep" ? separator : _used;
        return name is "sep" or "used";
    }

    internal override void AppendRepr(StringBuilder target, int depth) => target.Append("<jinja2.utils.Joiner object>");
}
