namespace Penstock.Connectors.Manifests;

/// <summary>The three kinds of YAML nodes.</summary>
public enum NodeKind
{
    /// <summary>A single value.</summary>
    Scalar,

    /// <summary>A list.</summary>
    Sequence,

    /// <summary>Fields by name.</summary>
    Mapping,
}
