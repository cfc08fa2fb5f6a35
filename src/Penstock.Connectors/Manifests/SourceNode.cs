namespace Penstock.Connectors.Manifests;

/// <summary>A node of the manifest's text, or one made from it. Immutable, so that references share it instead of copying it.</summary>
internal sealed class SourceNode
{
    private SourceNode(NodeKind kind, object? scalar, IReadOnlyList<SourceNode> items, SourceMap fields, SourceMark mark)
    {
        Kind = kind;
        Scalar = scalar;
        Items = items;
        Fields = fields;
        Mark = mark;
        Size = 1 + items.Sum(item => item.Size) + fields.Nodes.Sum(field => field.Size);
    }

    public NodeKind Kind { get; }

    /// <summary>null, bool, BigInteger, double or string.</summary>
    public object? Scalar { get; }

    public IReadOnlyList<SourceNode> Items { get; }

    public SourceMap Fields { get; }

    public SourceMark Mark { get; }

    /// <summary>How many nodes this would be if nothing were shared.</summary>
    public long Size { get; }

    /// <summary>The text, if it is one.</summary>
    public string? Text => Scalar as string;

    public SourceNode? this[string field] => Fields.Find(field);

    public static SourceNode OfScalar(object? value, SourceMark mark) => new(NodeKind.Scalar, value, [], SourceMap.Empty, mark);

    public static SourceNode OfItems(IReadOnlyList<SourceNode> items, SourceMark mark) => new(NodeKind.Sequence, null, items, SourceMap.Empty, mark);

    public static SourceNode OfFields(SourceMap fields, SourceMark mark) => new(NodeKind.Mapping, null, [], fields, mark);

    /// <summary>Truth as in Python: null, false, zero and everything empty are false.</summary>
    public bool IsTruthy => Kind switch
    {
        NodeKind.Mapping => Fields.Count > 0,
        NodeKind.Sequence => Items.Count > 0,
        _ => Scalar switch
        {
            null => false,
            bool flag => flag,
            string text => text.Length > 0,
            System.Numerics.BigInteger whole => !whole.IsZero,
            double number => number != 0,
            _ => true,
        },
    };
}

/// <summary>Where a node stands in the text.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
internal readonly record struct SourceMark(int Line, int Column);
