using System.Text.RegularExpressions;
using Penstock.Pipelines.Contracts.Values;

namespace Penstock.Pipelines.Contracts;

/// <summary>ODCS <c>logicalTypeOptions</c>, as far as they say what a value must be.</summary>
public sealed record ValueOptions
{
    /// <summary>No options.</summary>
    public static ValueOptions None { get; } = new();

    /// <summary>The fewest characters (Unicode code points) of a text.</summary>
    public int? MinLength { get; init; }

    /// <summary>The most characters (Unicode code points) of a text.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What a text must match somewhere, as in JSON Schema.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>The format as it is written; null if there is none.</summary>
    public string? Format { get; init; }

    /// <summary>The least number or moment.</summary>
    public Bound? Least { get; init; }

    /// <summary>The greatest number or moment.</summary>
    public Bound? Most { get; init; }

    /// <summary>What a number must be a multiple of.</summary>
    public string? MultipleOf { get; init; }

    /// <summary>The fewest items of an array, or properties of an object.</summary>
    public int? MinCount { get; init; }

    /// <summary>The most items of an array, or properties of an object.</summary>
    public int? MaxCount { get; init; }

    /// <summary>Whether the items of an array must be different.</summary>
    public bool UniqueItems { get; init; }

    /// <summary>Properties that an object must have, beside those that are declared as required.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Whether a moment must have an offset (true) or needn't (false); null: a timestamp must, a time needn't.</summary>
    public bool? HasZone { get; init; }

    /// <summary>The zone of moments without an offset, when they are coerced; default UTC.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    internal MomentFormat? MomentFormat { get; init; }
}

/// <summary>A bound.</summary>
/// <param name="Text">The number or moment as it is written.</param>
/// <param name="IsExclusive">Whether the bound itself is outside.</param>
public sealed record Bound(string Text, bool IsExclusive);
