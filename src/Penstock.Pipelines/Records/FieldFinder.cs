using System.Text;

namespace Penstock.Pipelines.Records;

/// <summary>
/// Finds the values at some paths of a record in one pass over its bytes, which are known to be valid JSON: nothing is parsed but
/// the names on the way. Of a name that is there twice the last one counts. Safe for use by several threads.
/// </summary>
public sealed class FieldFinder
{
    private readonly Node _root = new([]);

    /// <param name="paths">The paths: names from the outside in. They lead through objects only.</param>
    public FieldFinder(IReadOnlyList<IReadOnlyList<string>> paths)
    {
        Count = paths.Count;
        for (int i = 0; i < paths.Count; i++)
            _root.Add(paths[i], i);
    }

    /// <summary>How many paths there are.</summary>
    public int Count { get; }

    /// <summary>Finds the values.</summary>
    /// <param name="json">One JSON object, valid.</param>
    /// <param name="values">Takes the place of each path's value in the record, in the order of the paths; empty where there is none.</param>
    /// <param name="areNamesOnce">Whether the record is known to have none of its members twice: then the rest isn't looked at when all are found.</param>
    public void Find(ReadOnlySpan<byte> json, Span<Range> values, bool areNamesOnce = false)
    {
        values.Clear();
        int at = JsonSkim.SkipSpace(json, 0);
        ReadObject(json, ref at, _root, values, areNamesOnce);
    }

    private static void ReadObject(ReadOnlySpan<byte> json, ref int at, Node node, Span<Range> values, bool areNamesOnce = false)
    {
        at = JsonSkim.SkipSpace(json, at + 1);
        int expected = 0, missing = node.Children;
        while (json[at] != '}')
        {
            int start = at;
            JsonSkim.SkipText(json, ref at);
            Node? child = node.Find(json[(start + 1)..(at - 1)], ref expected);
            at = JsonSkim.SkipSpace(json, JsonSkim.SkipSpace(json, at) + 1);
            if (child is null)
                JsonSkim.SkipValue(json, ref at);
            else
                ReadMatch(json, ref at, child, values);
            if (areNamesOnce && child is not null && --missing == 0)
                return;
            at = JsonSkim.SkipSpace(json, at);
            if (json[at] == ',')
                at = JsonSkim.SkipSpace(json, at + 1);
        }

        at++;
    }

    private static void ReadMatch(ReadOnlySpan<byte> json, ref int at, Node node, Span<Range> values)
    {
        int start = at;
        // What an earlier member of the same name had doesn't count any more.
        node.Forget(values);
        if (node.HasChildren && json[at] == '{')
            ReadObject(json, ref at, node, values);
        else
            JsonSkim.SkipValue(json, ref at);
        if (node.Path >= 0)
            values[node.Path] = start..at;
    }

    private sealed class Node(byte[] name)
    {
        private Node[] _children = [];

        /// <summary>Which path ends here; -1 for none.</summary>
        public int Path { get; private set; } = -1;

        public bool HasChildren => _children.Length > 0;

        public int Children => _children.Length;

        public void Add(IReadOnlyList<string> path, int index, int depth = 0)
        {
            if (depth == path.Count)
            {
                Path = index;
                return;
            }

            byte[] next = Encoding.UTF8.GetBytes(path[depth]);
            Node? child = Array.Find(_children, candidate => candidate.Is(next));
            if (child is null)
                _children = [.. _children, child = new Node(next)];
            child.Add(path, index, depth + 1);
        }

        // Records of one source mostly have their members in one order: look first behind the one that was found last.
        public Node? Find(ReadOnlySpan<byte> text, ref int expected)
        {
            if (text.Contains((byte)'\\'))
                text = JsonSkim.Unescape(text);
            for (int i = 0; i < _children.Length; i++)
            {
                int index = expected + i < _children.Length ? expected + i : expected + i - _children.Length;
                if (!_children[index].Is(text))
                    continue;
                expected = index + 1;
                return _children[index];
            }

            return null;
        }

        public void Forget(Span<Range> values)
        {
            if (Path >= 0)
                values[Path] = default;
            foreach (Node child in _children)
                child.Forget(values);
        }

        private bool Is(ReadOnlySpan<byte> text) => text.SequenceEqual(name);
    }
}
