using System.Globalization;

namespace Penstock.Connectors.Manifests;

/// <summary>
/// Replaces references by what they point to, with the semantics of airbyte-cdk's ManifestReferenceResolver: a text that begins
/// with <c>#/</c> is a reference wherever it stands, and fields beside a <c>$ref</c> override the fields that it brings.
/// </summary>
internal sealed class ReferenceResolver
{
    private const string RefKey = "$ref";
    private const string Prefix = "#/";
    private const long MostNodes = 1_000_000;
    private const int MostDepth = 500;

    // Config values are not components: a text like "#/x" there is just a text.
    private const string ConfigValues = "config_overrides";

    private readonly SourceNode _root;
    private readonly Dictionary<string, SourceNode> _resolved = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];
    private int _depth;

    public ReferenceResolver(SourceNode root) => _root = root;

    /// <summary>True if a reference couldn't be resolved: a <see cref="BrokenReference"/> stands in its place.</summary>
    public bool HasBroken { get; private set; }

    public SourceNode Resolve(SourceNode node)
    {
        if (_depth == MostDepth) return Unresolved(node, $"With its references resolved this is nested deeper than {MostDepth} levels.", "Use fewer nested references.");
        _depth++;
        var resolved = Within(node);
        _depth--;
        return resolved;
    }

    private SourceNode Within(SourceNode node)
    {
        switch (node.Kind)
        {
            case NodeKind.Sequence:
                var items = node.Items.Select(Resolve).ToList();
                return Same(items, node.Items) ? node : Bounded(SourceNode.OfItems(items, node.Mark));
            case NodeKind.Mapping:
                return Mapping(node);
            default:
                return node.Text is { } text && text.StartsWith(Prefix, StringComparison.Ordinal) ? Target(text, node) : node;
        }
    }

    private SourceNode Mapping(SourceNode node)
    {
        var own = new SourceMap();
        var changed = false;
        foreach (var (key, value) in node.Fields.Pairs)
        {
            if (key == RefKey) continue;
            var resolved = key == ConfigValues ? value : Resolve(value);
            changed |= !ReferenceEquals(resolved, value);
            own.Set(key, resolved);
        }

        if (node[RefKey] is not { } reference) return changed ? Bounded(SourceNode.OfFields(own, node.Mark)) : node;
        var target = Resolve(reference);
        if (target.Kind != NodeKind.Mapping) return target;
        if (own.Count == 0) return target;
        var combined = new SourceMap(target.Fields);
        foreach (var (key, value) in own.Pairs) combined.Set(key, value);
        return Bounded(SourceNode.OfFields(combined, node.Mark));
    }

    private SourceNode Target(string reference, SourceNode at)
    {
        if (_resolved.TryGetValue(reference, out var known)) return known;
        if (_open.Contains(reference))
        {
            var circle = string.Join(" → ", _open.SkipWhile(open => open != reference).Append(reference));
            return Unresolved(at, $"The reference leads back to itself: {circle}.", "Break the circle.");
        }

        if (Find(reference[Prefix.Length..]) is not { } target)
            return Unresolved(at, $"The reference '{reference}' points to nothing.", "Correct it, or add what it points to.");
        _open.Add(reference);
        var resolved = Resolve(target);
        _open.RemoveAt(_open.Count - 1);
        _resolved[reference] = resolved;
        return resolved;
    }

    // A key may itself contain slashes: the whole rest is tried as one key first, then its first part.
    private SourceNode? Find(string path)
    {
        SourceNode? node = _root;
        while (path.Length > 0 && node is not null)
        {
            if (node[path] is { } whole) return whole;
            var slash = path.IndexOf('/', StringComparison.Ordinal);
            var head = slash < 0 ? path : path[..slash];
            path = slash < 0 ? "" : path[(slash + 1)..];
            node = node.Kind == NodeKind.Sequence ? Item(node, head) : node[head];
        }

        return node;
    }

    private static SourceNode? Item(SourceNode sequence, string head)
    {
        if (!int.TryParse(head, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)) return null;
        if (index < 0) index += sequence.Items.Count;
        return index >= 0 && index < sequence.Items.Count ? sequence.Items[index] : null;
    }

    private SourceNode Unresolved(SourceNode at, string message, string fix)
    {
        HasBroken = true;
        return SourceNode.OfScalar(new BrokenReference(message, fix), at.Mark);
    }

    private SourceNode Bounded(SourceNode node) =>
        node.Size <= MostNodes ? node : Unresolved(node, $"With its references resolved this has more than {MostNodes} nodes.", "Use fewer nested references.");

    private static bool Same(List<SourceNode> resolved, IReadOnlyList<SourceNode> items)
    {
        for (var i = 0; i < resolved.Count; i++)
            if (!ReferenceEquals(resolved[i], items[i])) return false;
        return true;
    }
}

/// <summary>Stands where a reference couldn't be resolved, so that the problem is told for every place that needs it.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do.</param>
internal sealed record BrokenReference(string Message, string Fix);
