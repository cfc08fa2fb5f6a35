using System.Globalization;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records;

/// <summary>
/// Reads, sets and deletes along paths as Python's dpath does: segments are keys, list indexes or globs, and <c>**</c> stands
/// for any number of segments.
/// </summary>
internal static class Dpath
{
    /// <summary>The values at a path; none if there is none, the first if there are several.</summary>
    public static bool TryGet(Value root, IReadOnlyList<string> path, out Value found)
    {
        if (path.Count == 0)
        {
            found = root;
            return true;
        }

        foreach (var value in Values(root, path))
        {
            found = value;
            return true;
        }

        found = Value.None;
        return false;
    }

    /// <summary>All values that match a path, in document order.</summary>
    public static IEnumerable<Value> Values(Value root, IReadOnlyList<string> path) => Find(root, path, 0, isRoot: true);

    private static IEnumerable<Value> Find(Value node, IReadOnlyList<string> path, int depth, bool isRoot)
    {
        if (depth == path.Count)
        {
            if (!isRoot)
            {
                yield return node;
            }

            yield break;
        }

        if (path[depth] == "**")
        {
            foreach (var here in Find(node, path, depth + 1, isRoot))
            {
                yield return here;
            }
        }

        foreach (var (key, child) in Children(node))
        {
            var isMatch = path[depth] == "**" || Matches(key, path[depth], node);
            foreach (var value in isMatch ? Find(child, path, path[depth] == "**" ? depth : depth + 1, isRoot: false) : [])
            {
                yield return value;
            }
        }
    }

    /// <summary>The children of a list or a mapping with their keys or indexes.</summary>
    internal static IEnumerable<(Value Key, Value Child)> Children(Value node)
    {
        if (node.AsDict is { } dict)
        {
            return dict.Entries.Select(entry => (entry.Key, entry.Value));
        }

        return node.AsList is { } list ? list.Elements.Select((child, index) => (Value.Of((long)index), child)) : [];
    }

    internal static bool Matches(Value key, string segment, Value parent)
    {
        if (parent.AsList is { } list && key.TryGetInt64(out var index) && Index(segment) is { } wanted)
        {
            return index == wanted || index == list.Elements.Count + wanted;
        }

        return Glob.IsPlain(segment) ? key.ToString() == segment : Glob.Matches(key.ToString(), segment);
    }

    /// <summary>Sets a value, making the mappings and lists on the way.</summary>
    /// <exception cref="ValueException">The path leads through a value that is neither a mapping nor a list.</exception>
    public static void Set(DictValue root, IReadOnlyList<string> path, Value value)
    {
        Value current = root;
        for (var i = 0; i < path.Count - 1; i++)
        {
            if (!TryChild(current, path[i], out var next))
            {
                next = path[i + 1].All(char.IsAsciiDigit) && path[i + 1].Length > 0 ? new ListValue() : new DictValue();
                Put(current, path[i], next);
            }

            if (next.AsDict is null && next.AsList is null)
            {
                throw new ValueException(ValueErrorKind.Key, $"the path {string.Join('.', path)} leads through a value that has no fields, at {path[i]}");
            }

            current = next;
        }

        Put(current, path[^1], value);
    }

    private static bool TryChild(Value node, string segment, out Value child)
    {
        if (node.AsDict is { } dict)
        {
            return dict.TryGet(segment, out child);
        }

        var elements = node.AsList!.Elements;
        var isThere = Index(segment) is { } index && index >= 0 && index < elements.Count;
        child = isThere ? elements[Index(segment)!.Value] : Value.None;
        return isThere;
    }

    private static void Put(Value node, string segment, Value value)
    {
        if (node.AsDict is { } dict)
        {
            dict[segment] = value;
            return;
        }

        var elements = node.AsList!.Elements;
        if (Index(segment) is not { } index || index is < 0 or > 10_000)
        {
            throw new ValueException(ValueErrorKind.Type, $"{segment} is not an index of a list");
        }

        while (elements.Count <= index)
        {
            elements.Add(Value.None);
        }

        elements[index] = value;
    }

    private static int? Index(string segment) =>
        int.TryParse(segment, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) ? index : null;
}
