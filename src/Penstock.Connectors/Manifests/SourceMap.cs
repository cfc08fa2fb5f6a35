namespace Penstock.Connectors.Manifests;

/// <summary>Fields in the order of first appearance; setting a field again keeps its place, as a Python dict does.</summary>
internal sealed class SourceMap
{
    private readonly List<string> _keys = [];
    private readonly Dictionary<string, SourceNode> _nodes = new(StringComparer.Ordinal);

    public SourceMap()
    {
    }

    public SourceMap(SourceMap other)
    {
        foreach (var key in other._keys) Set(key, other._nodes[key]);
    }

    public static SourceMap Empty { get; } = new();

    public int Count => _keys.Count;

    public IReadOnlyList<string> Keys => _keys;

    public IEnumerable<SourceNode> Nodes => _keys.Select(key => _nodes[key]);

    public IEnumerable<KeyValuePair<string, SourceNode>> Pairs => _keys.Select(key => KeyValuePair.Create(key, _nodes[key]));

    public SourceNode? Find(string key) => _nodes.GetValueOrDefault(key);

    public bool Has(string key) => _nodes.ContainsKey(key);

    /// <summary>Only while the map is being built: a map inside a node doesn't change.</summary>
    public SourceMap Set(string key, SourceNode node)
    {
        if (!_nodes.ContainsKey(key)) _keys.Add(key);
        _nodes[key] = node;
        return this;
    }

    public SourceMap Remove(string key)
    {
        if (_nodes.Remove(key)) _keys.Remove(key);
        return this;
    }
}
