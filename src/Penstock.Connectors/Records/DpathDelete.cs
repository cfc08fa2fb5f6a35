using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records;

/// <summary>Deletes along a path as Python's dpath does, its oddities included.</summary>
internal static class DpathDelete
{
    /// <summary>Deletes what matches.</summary>
    /// <param name="root">The mapping to delete from.</param>
    /// <param name="path">The path.</param>
    /// <param name="condition">
    /// If given, it alone decides: every scalar that meets it goes, wherever it is. So dpath has it, and manifests rely on it.
    /// </param>
    public static void Delete(DictValue root, IReadOnlyList<string> path, Func<Value, bool>? condition = null)
    {
        if (condition is null && path.Count == 1 && Glob.IsPlain(path[0]))
        {
            root.Entries.Remove(path[0]);
            return;
        }

        foreach (var (parent, key, _) in Walk(root, path, condition).ToList())
        {
            Remove(parent, key);
        }
    }

    private static IEnumerable<(Value Parent, Value Key, Value Child)> Walk(Value root, IReadOnlyList<string> path, Func<Value, bool>? condition)
    {
        // All children of a node come before what is below them, as dpath walks.
        var trail = new List<string>();
        return Visit(root);

        IEnumerable<(Value, Value, Value)> Visit(Value node)
        {
            foreach (var (key, child) in Dpath.Children(node))
            {
                trail.Add(key.ToString());
                if (condition is null ? IsMatch(path, 0, trail, 0) : IsScalar(child) && condition(child))
                {
                    yield return (node, key, child);
                }

                trail.RemoveAt(trail.Count - 1);
            }

            foreach (var (key, child) in Dpath.Children(node))
            {
                trail.Add(key.ToString());
                foreach (var found in Visit(child))
                {
                    yield return found;
                }

                trail.RemoveAt(trail.Count - 1);
            }
        }
    }

    private static bool IsMatch(IReadOnlyList<string> path, int p, List<string> trail, int t)
    {
        if (p == path.Count)
        {
            return t == trail.Count;
        }

        if (path[p] == "**")
        {
            return Enumerable.Range(t, trail.Count - t + 1).Any(rest => IsMatch(path, p + 1, trail, rest));
        }

        return t < trail.Count && Glob.Matches(trail[t], path[p]) && IsMatch(path, p + 1, trail, t + 1);
    }

    private static bool IsScalar(Value value) => value.AsDict is null && value.AsList is null;

    private static void Remove(Value parent, Value key)
    {
        if (parent.AsDict is { } dict)
        {
            dict.Entries.Remove(key);
            return;
        }

        // Only the last element of a list goes; another one leaves a null, so that the indexes after it stay right.
        var elements = parent.AsList!.Elements;
        key.TryGetInt64(out var index);
        if (index == elements.Count - 1)
        {
            elements.RemoveAt((int)index);
        }
        else if (index < elements.Count)
        {
            elements[(int)index] = Value.None;
        }
    }
}
