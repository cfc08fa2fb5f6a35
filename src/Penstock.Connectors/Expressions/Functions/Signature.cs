using System.Globalization;
using System.Text;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>
/// A function's parameters, written as in Python: <c>value, /, sep=None, *, key=?, *args, **kwargs</c>. A default of <c>?</c>
/// stands for <see cref="Absent"/>. What doesn't fit is a type error, as in Python.
/// </summary>
internal sealed class Signature
{
    private readonly string _function;
    private readonly List<string> _names = [];
    private readonly List<Value?> _defaults = [];
    private int _positionalOnly;
    private int _positional = -1;
    private bool _takesMore;
    private bool _takesNames;

    private Signature(string function) => _function = function;

    /// <summary>Stands in for an optional argument that wasn't given.</summary>
    public static Value Absent { get; } = new AbsentValue();

    public static bool IsAbsent(in Value value) => value.AsObject is AbsentValue;

    public static Signature Parse(string function, string parameters)
    {
        var signature = new Signature(function);
        foreach (var parameter in parameters.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            signature.Add(parameter);
        if (signature._positional < 0)
            signature._positional = signature._names.Count;
        return signature;
    }

    private void Add(string parameter)
    {
        if (parameter == "/")
            _positionalOnly = _names.Count;
        else if (parameter.StartsWith("**", StringComparison.Ordinal))
            _takesNames = true;
        else if (parameter[0] == '*')
            (_positional, _takesMore) = (_names.Count, parameter.Length > 1);
        else if (parameter.Split('=') is var parts)
            (_names, _defaults).Add(parts[0], parts.Length == 1 ? (Value?)null : Default(parts[1]));
    }

    private static Value Default(string text) => text switch
    {
        "?" => Absent,
        "None" => Value.None,
        "True" => true,
        "False" => false,
        _ when text[0] == '\'' => text[1..^1],
        _ when text.Contains('.') => double.Parse(text, CultureInfo.InvariantCulture),
        _ => long.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary>One value for each parameter; then a tuple for <c>*args</c> and a mapping for <c>**kwargs</c>, if there are such.</summary>
    public Value[] Bind(in Arguments arguments)
    {
        var given = arguments.Positional;
        if (given.Length == _names.Count && _positional == given.Length && arguments.Named.Count == 0 && !_takesMore && !_takesNames)
            return given;
        if (given.Length > _positional && !_takesMore)
            throw ValueException.Type($"{_function}() takes {_positional} positional arguments but {given.Length} were given");
        var bound = new Value[_names.Count + (_takesMore ? 1 : 0) + (_takesNames ? 1 : 0)];
        var filled = new bool[_names.Count];
        for (var i = 0; i < given.Length && i < _positional; i++)
            (bound[i], filled[i]) = (given[i], true);
        if (_takesMore)
            bound[_names.Count] = new TupleValue(given.Length > _positional ? given[_positional..] : []);
        BindNames(arguments.Named, bound, filled);
        FillDefaults(bound, filled);
        return bound;
    }

    private void BindNames(IReadOnlyList<KeyValuePair<string, Value>> named, Value[] bound, bool[] filled)
    {
        var rest = _takesNames ? new DictValue() : null;
        foreach (var (name, value) in named)
        {
            var index = _names.IndexOf(name);
            if (index >= _positionalOnly && !filled[index])
                (bound[index], filled[index]) = (value, true);
            else if (index >= _positionalOnly)
                throw ValueException.Type($"{_function}() got multiple values for argument '{name}'");
            else if (rest is null)
                throw ValueException.Type($"{_function}() got an unexpected keyword argument '{name}'");
            else
                rest[name] = value;
        }

        if (rest is not null)
            bound[^1] = rest;
    }

    private void FillDefaults(Value[] bound, bool[] filled)
    {
        for (var i = 0; i < filled.Length; i++)
        {
            if (!filled[i])
                bound[i] = _defaults[i] ?? throw ValueException.Type($"{_function}() missing a required argument: '{_names[i]}'");
        }
    }

    private sealed class AbsentValue : ObjectValue
    {
        public override string TypeName => "absent";

        internal override void AppendRepr(StringBuilder target, int depth) => target.Append("<absent>");
    }
}

file static class Lists
{
    public static void Add(this (List<string> Names, List<Value?> Defaults) lists, string name, Value? value)
    {
        lists.Names.Add(name);
        lists.Defaults.Add(value);
    }
}
