namespace Penstock.Connectors.Expressions.Scopes;

/// <summary>Where a variable of a scope gets its value when the scope is entered.</summary>
internal enum LoadKind
{
    /// <summary>It is set by the scope's owner: a loop's target, a macro's argument.</summary>
    Parameter,

    /// <summary>From the context.</summary>
    Resolve,

    /// <summary>From a variable of an outer scope.</summary>
    Alias,

    /// <summary>It is undefined until it is set.</summary>
    Undefined,
}

/// <param name="Kind">Where from.</param>
/// <param name="Source">The outer variable's slot, for an alias.</param>
internal readonly record struct Load(LoadKind Kind, int Source = -1);

/// <summary>
/// The names of a scope, as Jinja tracks them: a name that is read before it is set comes from the context, a name that is set
/// shadows the outer one, and one that is set only in a branch comes from the context too.
/// </summary>
internal sealed class SymbolScope
{
    private readonly SymbolScope? _parent;
    private readonly Dictionary<string, int> _slots;
    private readonly SlotAllocator _allocator;
    private Dictionary<string, int> _references = new(StringComparer.Ordinal);
    private Dictionary<string, Load> _loads = new(StringComparer.Ordinal);
    private HashSet<string> _stores = new(StringComparer.Ordinal);

    public SymbolScope(SlotAllocator allocator, SymbolScope? parent = null)
        : this(allocator, parent, new Dictionary<string, int>(StringComparer.Ordinal))
    {
    }

    private SymbolScope(SlotAllocator allocator, SymbolScope? parent, Dictionary<string, int> slots)
    {
        _allocator = allocator;
        _parent = parent;
        _slots = slots;
    }

    public SlotAllocator Allocator => _allocator;

    /// <summary>The scope's own variables and their loads.</summary>
    public IEnumerable<(string Name, int Slot, Load Load)> Loads => _loads.Select(l => (l.Key, _references[l.Key], l.Value));

    /// <summary>The slot of a name here or further out; -1 if nobody has it.</summary>
    public int Find(string name) => _references.TryGetValue(name, out var slot) ? slot : _parent?.Find(name) ?? -1;

    /// <summary>The name is read.</summary>
    public void Read(string name)
    {
        if (Find(name) < 0)
            Define(name, new Load(LoadKind.Resolve));
    }

    /// <summary>The name is set.</summary>
    public void Store(string name)
    {
        _stores.Add(name);
        if (_references.ContainsKey(name))
            return;
        var outer = _parent?.Find(name) ?? -1;
        Define(name, outer >= 0 ? new Load(LoadKind.Alias, outer) : new Load(LoadKind.Undefined));
    }

    /// <summary>The name is set by the scope's owner.</summary>
    public int DeclareParameter(string name)
    {
        _stores.Add(name);
        return Define(name, new Load(LoadKind.Parameter));
    }

    /// <summary>A copy for one branch of an <c>if</c>.</summary>
    public SymbolScope Branch() => new(_allocator, _parent, _slots)
    {
        _references = new(_references, StringComparer.Ordinal),
        _loads = new(_loads, StringComparer.Ordinal),
        _stores = new(_stores, StringComparer.Ordinal),
    };

    /// <summary>Takes over what branches found.</summary>
    public void Merge(IReadOnlyList<SymbolScope> branches)
    {
        var stored = branches.SelectMany(b => b._stores).Where(n => !_stores.Contains(n)).ToHashSet(StringComparer.Ordinal);
        foreach (var branch in branches)
        {
            foreach (var (name, slot) in branch._references)
                _references[name] = slot;
            foreach (var (name, load) in branch._loads)
                _loads[name] = load;
            _stores.UnionWith(branch._stores);
        }

        foreach (var name in stored)
        {
            var outer = _parent?.Find(name) ?? -1;
            _loads[name] = outer >= 0 ? new Load(LoadKind.Alias, outer) : new Load(LoadKind.Resolve);
        }
    }

    private int Define(string name, Load load)
    {
        if (!_slots.TryGetValue(name, out var slot))
            _slots[name] = slot = _allocator.Take();
        _references[name] = slot;
        _loads[name] = load;
        return slot;
    }
}

/// <summary>Numbers the variables of a template.</summary>
internal sealed class SlotAllocator
{
    public int Count { get; private set; }

    public int Take() => Count++;
}
