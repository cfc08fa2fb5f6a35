using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Statistics;

namespace Penstock.Pipelines.Quality;

/// <summary>What one column of a blob was like.</summary>
public sealed record ColumnQuality
{
    /// <summary>The column's path; <c>[]</c> stands for the items of an array.</summary>
    public required string Column { get; init; }

    /// <summary>The contract's type; null if it doesn't declare the column.</summary>
    public LogicalType? Type { get; init; }

    /// <summary>How often it was there and not null.</summary>
    public required long Values { get; init; }

    /// <summary>How often it was null, or not there. For columns inside arrays and objects: how often it was null.</summary>
    public required long Nulls { get; init; }

    /// <summary>How many different values there were: an estimate with a standard error of 2.3 %.</summary>
    public required long Distinct { get; init; }

    /// <summary>The least number or moment; null if there was none, or the column is classified.</summary>
    public string? Min { get; init; }

    /// <summary>The greatest.</summary>
    public string? Max { get; init; }

    /// <summary>The shortest text, in bytes of UTF-8.</summary>
    public int? MinLength { get; init; }

    /// <summary>The longest text, in bytes of UTF-8.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The kinds of values, with how many there were.</summary>
    public IReadOnlyDictionary<ValueKind, long> Kinds { get; init; } = new Dictionary<ValueKind, long>();

    /// <summary>Values that were made to fit.</summary>
    public long Coerced { get; init; }

    internal static ColumnQuality Of(ColumnCheck column, long rows)
    {
        ColumnFigures figures = column.Figures;
        long nulls = figures.Of(ValueKind.Null);
        return new ColumnQuality
        {
            Column = column.Path,
            Type = column.Property?.Type,
            Values = figures.Present - nulls,
            Nulls = nulls + (column.Path.Contains('.') ? 0 : Math.Max(rows - figures.Present, 0)),
            Distinct = figures.Distinct,
            Min = figures.Least,
            Max = figures.Greatest,
            MinLength = figures.MinLength,
            MaxLength = figures.MaxLength,
            Kinds = figures.Kinds.ToDictionary(kind => kind, figures.Of),
            Coerced = figures.Coerced,
        };
    }
}
