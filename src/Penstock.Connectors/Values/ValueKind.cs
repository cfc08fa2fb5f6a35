namespace Penstock.Connectors.Values;

/// <summary>What a <see cref="Value"/> is, in the terms of the language that manifests are written for (Python).</summary>
public enum ValueKind
{
    /// <summary><c>None</c>, JSON <c>null</c>.</summary>
    None,

    /// <summary>What a lookup gives that found nothing. It never comes from data.</summary>
    Undefined,

    /// <summary><c>True</c> or <c>False</c>; a number too, as in Python.</summary>
    Bool,

    /// <summary>An integer of unlimited size.</summary>
    Int,

    /// <summary>A double.</summary>
    Float,

    /// <summary>A text of Unicode code points.</summary>
    Str,

    /// <summary>A mutable list.</summary>
    List,

    /// <summary>An immutable list.</summary>
    Tuple,

    /// <summary>A mapping in insertion order.</summary>
    Dict,

    /// <summary>A set.</summary>
    Set,

    /// <summary>Raw bytes.</summary>
    Bytes,

    /// <summary>Anything else: a datetime, a function, an iterator.</summary>
    Object,
}
