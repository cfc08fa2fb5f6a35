using System.Text.RegularExpressions;

namespace Penstock.Pipelines.Contracts;

/// <summary>A quality rule of the standard's library: a figure of a set of records, and what it must be.</summary>
public sealed record QualityRule
{
    /// <summary>What it is called: ODCS <c>id</c>, else <c>name</c>, else metric and path.</summary>
    public required string Name { get; init; }

    /// <summary>The figure.</summary>
    public required QualityMetric Metric { get; init; }

    /// <summary>The property that it is about, its parts joined by dots; empty for the whole record.</summary>
    public string Path { get; init; } = "";

    /// <summary>What the figure must be.</summary>
    public required Comparison Must { get; init; }

    /// <summary>Whether the figure is a share of the records in percent; else a number of records.</summary>
    public bool IsPercent { get; init; }

    /// <summary>ODCS <c>severity</c>; <c>error</c> if none is given.</summary>
    public string Severity { get; init; } = "error";

    /// <summary>ODCS <c>dimension</c>; may be empty.</summary>
    public string Dimension { get; init; } = "";

    /// <summary>What it is for; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>For <c>invalidValues</c>: the values that are valid, each as JSON (or as text, if it was quoted); null for any.</summary>
    public IReadOnlyList<string?>? ValidValues { get; init; }

    /// <summary>For <c>invalidValues</c>: what valid texts match.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>For <c>missingValues</c>: the values that stand for none; null stands for null itself.</summary>
    public IReadOnlyList<string?> MissingValues { get; init; } = [];

    /// <summary>For <c>duplicateValues</c>: the properties that are taken together.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>Whether a record alone can break it: no record may have the value, and the severity is <c>error</c>. Such a record goes to quarantine.</summary>
    public bool IsOfRecords =>
        Metric is QualityMetric.NullValues or QualityMetric.MissingValues or QualityMetric.InvalidValues
        && Must is { Kind: ComparisonKind.Be or ComparisonKind.BeLessOrEqualTo, First: 0 } && Severity == "error";

    /// <summary>The figure: the records that break the rule, or their share in percent.</summary>
    public decimal FigureOf(long records, long rows) => !IsPercent ? records : rows == 0 ? 0 : 100m * records / rows;
}

/// <summary>The figures of ODCS 3.1's library.</summary>
public enum QualityMetric
{
    /// <summary>Records whose property is null or isn't there.</summary>
    NullValues,

    /// <summary>Records whose property has a value that stands for none.</summary>
    MissingValues,

    /// <summary>Records whose property isn't one of the valid values, or doesn't match.</summary>
    InvalidValues,

    /// <summary>Records whose value another record has too.</summary>
    DuplicateValues,

    /// <summary>Records.</summary>
    RowCount,
}

/// <summary>What a figure must be.</summary>
/// <param name="Kind">How it is compared.</param>
/// <param name="First">With what, or the lower end.</param>
/// <param name="Second">The upper end of <see cref="ComparisonKind.BeBetween"/> and its opposite.</param>
public sealed record Comparison(ComparisonKind Kind, decimal First, decimal Second = 0)
{
    /// <summary>Whether a figure is as it must be. The ends of a range are inside it.</summary>
    public bool Keeps(decimal figure) => Kind switch
    {
        ComparisonKind.Be => figure == First,
        ComparisonKind.NotBe => figure != First,
        ComparisonKind.BeGreaterThan => figure > First,
        ComparisonKind.BeGreaterOrEqualTo => figure >= First,
        ComparisonKind.BeLessThan => figure < First,
        ComparisonKind.BeLessOrEqualTo => figure <= First,
        ComparisonKind.BeBetween => figure >= First && figure <= Second,
        _ => figure < First || figure > Second,
    };

    /// <summary>In words, for example <c>less than 5</c>.</summary>
    public override string ToString() => Kind switch
    {
        ComparisonKind.Be => $"{First}",
        ComparisonKind.NotBe => $"other than {First}",
        ComparisonKind.BeGreaterThan => $"greater than {First}",
        ComparisonKind.BeGreaterOrEqualTo => $"{First} or more",
        ComparisonKind.BeLessThan => $"less than {First}",
        ComparisonKind.BeLessOrEqualTo => $"{First} or less",
        ComparisonKind.BeBetween => $"between {First} and {Second}",
        _ => $"outside {First} to {Second}",
    };
}

/// <summary>ODCS 3.1's comparisons: <c>mustBe</c>, <c>mustNotBe</c> and so on.</summary>
public enum ComparisonKind
{
    /// <summary><c>mustBe</c>.</summary>
    Be,

    /// <summary><c>mustNotBe</c>.</summary>
    NotBe,

    /// <summary><c>mustBeGreaterThan</c>.</summary>
    BeGreaterThan,

    /// <summary><c>mustBeGreaterOrEqualTo</c>.</summary>
    BeGreaterOrEqualTo,

    /// <summary><c>mustBeLessThan</c>.</summary>
    BeLessThan,

    /// <summary><c>mustBeLessOrEqualTo</c>.</summary>
    BeLessOrEqualTo,

    /// <summary><c>mustBeBetween</c>.</summary>
    BeBetween,

    /// <summary><c>mustNotBeBetween</c>.</summary>
    NotBeBetween,
}
