using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Nodes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>A macro as a template sees it.</summary>
internal sealed class MacroValue(Frame frame, MacroBody body) : CallableValue, IHasProperties
{
    public override string TypeName => "Macro";

    public override string Name => body.Name;

    public override Value Call(Evaluation evaluation, in Arguments arguments)
    {
        var named = arguments.Named.ToDictionary(n => n.Key, n => n.Value, StringComparer.Ordinal);
        var bound = new Value?[body.Parameters.Count];
        for (var i = 0; i < bound.Length; i++)
            bound[i] = i < arguments.Positional.Length ? arguments.Positional[i] : Take(named, body.Parameters[i].Name);
        var caller = body.SpecialSlots[0] >= 0 ? Take(named, "caller") : null;
        if (body.SpecialSlots[1] < 0 && named.Count > 0)
            throw ValueException.Type($"macro '{Name}' takes no keyword argument '{named.Keys.First()}'");
        if (body.SpecialSlots[2] < 0 && arguments.Positional.Length > bound.Length)
            throw ValueException.Type($"macro '{Name}' takes not more than {bound.Length} argument(s)");
        var more = arguments.Positional.Skip(bound.Length).ToArray();
        var rest = new DictValue(named.Select(n => new KeyValuePair<Value, Value>(n.Key, n.Value)));
        var text = body.Invoke(frame, bound, [caller ?? new UndefinedValue("No caller defined"), rest, new TupleValue(more)]);
        return frame.Escapes ? new MarkupValue(text) : text;
    }

    public bool TryGetProperty(string name, out Value value)
    {
        value = name switch
        {
            "name" => Name,
            "arguments" => new ListValue(body.Parameters.Select(p => Value.Of(p.Name))),
            "caller" => body.SpecialSlots[0] >= 0,
            "catch_kwargs" => body.SpecialSlots[1] >= 0,
            "catch_varargs" => body.SpecialSlots[2] >= 0,
            _ => default,
        };
        return name is "name" or "arguments" or "caller" or "catch_kwargs" or "catch_varargs";
    }

    internal override void AppendRepr(StringBuilder target, int depth) => target.Append($"<Macro '{Name}'>");

    private static Value? Take(Dictionary<string, Value> named, string name) => named.Remove(name, out var value) ? value : (Value?)null;
}
