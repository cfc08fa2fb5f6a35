namespace Penstock.Connectors.Expressions.Formats;

/// <summary>How one value is formatted: Python's format specification <c>[[fill]align][sign][z][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed record FormatSpec
{
    /// <summary>What pads; a space if nothing else is said.</summary>
    public string Fill { get; init; } = " ";

    /// <summary><c>&lt; &gt; = ^</c>; NUL for the type's own.</summary>
    public char Align { get; init; }

    /// <summary><c>+</c>, <c>-</c> or a space.</summary>
    public char Sign { get; init; } = '-';

    /// <summary>The other form: a base's prefix, a point without digits.</summary>
    public bool Alternate { get; init; }

    /// <summary>Negative zero is written as zero.</summary>
    public bool NoNegativeZero { get; init; }

    /// <summary>The least width.</summary>
    public int Width { get; init; }

    /// <summary><c>,</c> or <c>_</c>; NUL for none.</summary>
    public char Grouping { get; init; }

    /// <summary>The digits, or the most characters of a text; -1 if not given.</summary>
    public int Precision { get; init; } = -1;

    /// <summary>The type's letter; NUL if not given.</summary>
    public char Type { get; init; }
}
