using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Records;

namespace Penstock.Pipelines.Masking;

/// <summary>The rules of a stream as a tree of property names.</summary>
internal sealed class MaskNode
{
    private readonly List<(byte[] Name, MaskNode Node)> _children = [];

    /// <summary>How many properties it has rules for.</summary>
    public int Children => _children.Count;

    /// <summary>The rule for the values here; null if there is only one further down.</summary>
    public MaskRule? Rule { get; private set; }

    public static MaskNode Of(IReadOnlyList<PathMask> paths)
    {
        var root = new MaskNode();
        foreach (PathMask path in paths)
        {
            MaskNode node = root;
            foreach (string part in path.Parts)
                node = node.Child(Encoding.UTF8.GetBytes(part));
            node.Rule = path.Rule;
        }

        return root;
    }

    /// <summary>The node of the property whose name the reader is at; null if there is none. Escapes in the name are undone.</summary>
    public MaskNode? Find(ref Utf8JsonReader reader)
    {
        foreach ((byte[] name, MaskNode node) in _children)
        {
            if (reader.ValueTextEquals(name))
                return node;
        }

        return null;
    }

    /// <summary>The node of a property; null if there is none.</summary>
    /// <param name="text">The inside of its name as the record has it; escapes in it are undone.</param>
    /// <param name="expected">Where to look first: records of one source mostly have their members in one order.</param>
    public MaskNode? Find(ReadOnlySpan<byte> text, ref int expected)
    {
        if (text.Contains((byte)'\\'))
            text = JsonSkim.Unescape(text);
        for (int i = 0; i < _children.Count; i++)
        {
            int index = expected + i < _children.Count ? expected + i : expected + i - _children.Count;
            (byte[] name, MaskNode node) = _children[index];
            if (!text.SequenceEqual(name))
                continue;
            expected = index + 1;
            return node;
        }

        return null;
    }

    private MaskNode Child(byte[] name)
    {
        foreach ((byte[] known, MaskNode node) in _children)
        {
            if (known.AsSpan().SequenceEqual(name))
                return node;
        }

        var child = new MaskNode();
        _children.Add((name, child));
        return child;
    }
}
