using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Scopes;

/// <summary>The names that a template takes from its context, numbered.</summary>
internal sealed class RootNames
{
    private readonly List<string> _names = [];

    public IReadOnlyList<string> Names => _names;

    public int IndexOf(string name)
    {
        var index = _names.IndexOf(name);
        if (index >= 0)
            return index;
        _names.Add(name);
        return _names.Count - 1;
    }
}

/// <summary>Where a node stands while the template is bound: its scope, and whether it may never be reached.</summary>
/// <param name="Scope">The names in reach.</param>
/// <param name="Roots">The names that the template takes from its context.</param>
/// <param name="Soft">Inside of an <c>if</c>: an unknown filter is an error only when it is used.</param>
internal readonly record struct Binding(SymbolScope Scope, RootNames Roots, bool Soft)
{
    public Binding Softly() => this with { Soft = true };

    /// <summary>A binding for an inner scope whose symbols are known.</summary>
    public Binding Inside(SymbolScope scope) => this with { Scope = scope, Soft = false };

    public SymbolScope NewScope() => new(Scope.Allocator, Scope);

    /// <summary>What to do when the scope is entered.</summary>
    public ScopeEntry Enter()
    {
        var steps = new List<ScopeEntry.Step>();
        foreach (var (name, slot, load) in Scope.Loads)
        {
            if (load.Kind == LoadKind.Parameter)
                continue;
            var source = load.Kind == LoadKind.Resolve ? Roots.IndexOf(name) : load.Source;
            steps.Add(new ScopeEntry.Step(slot, load.Kind, source, new UndefinedValue($"'{name}' is undefined")));
        }

        return new ScopeEntry([.. steps]);
    }

    public static Value Missing(string name) => new UndefinedValue($"'{name}' is undefined");
}
