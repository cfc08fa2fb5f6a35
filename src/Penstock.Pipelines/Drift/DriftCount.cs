using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Statistics;

namespace Penstock.Pipelines.Drift;

/// <summary>A drift in the records of one blob.</summary>
/// <param name="Entity">What drifted.</param>
/// <param name="Path">The column.</param>
/// <param name="Expected">The contract's type; null if it doesn't declare the column.</param>
/// <param name="Found">What was there the first time.</param>
/// <param name="FirstRecord">The first record that had it, from 1.</param>
internal sealed record DriftCount(DriftEntity Entity, string Path, LogicalType? Expected, ValueKind Found, long FirstRecord)
{
    /// <summary>How many records had it.</summary>
    public long Records { get; set; }
}
