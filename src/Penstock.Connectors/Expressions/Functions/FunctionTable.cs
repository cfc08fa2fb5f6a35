using System.Diagnostics.CodeAnalysis;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>Built-in functions by name, written down as name, parameters, body.</summary>
internal sealed class FunctionTable : System.Collections.IEnumerable
{
    private readonly Dictionary<string, NativeFunction> _functions = new(StringComparer.Ordinal);

    public void Add(string name, string parameters, NativeBody body) => _functions.Add(name, new NativeFunction(name, parameters, body));

    /// <summary>Takes over another table's functions.</summary>
    public void Add(FunctionTable other)
    {
        foreach (var (name, function) in other._functions)
            _functions[name] = function;
    }

    /// <summary>Another name for a function.</summary>
    public void Add(string name, string sameAs) => _functions.Add(name, _functions[sameAs]);

    public bool TryGet(string name, [NotNullWhen(true)] out NativeFunction? function) => _functions.TryGetValue(name, out function);

    public bool Contains(string name) => _functions.ContainsKey(name);

    public System.Collections.IEnumerator GetEnumerator() => _functions.Values.GetEnumerator();
}
