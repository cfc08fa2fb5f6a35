namespace Penstock.Pipelines.Costs;

/// <summary>What streams cost within a span of time.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The first day after it.</param>
/// <param name="Prices">What things cost.</param>
/// <param name="Items">The streams, the most expensive first.</param>
/// <param name="Total">All of them together.</param>
public sealed record CostReport(DateOnly From, DateOnly To, Prices Prices, IReadOnlyList<StreamCost> Items, CostParts Total);

/// <summary>What a stream costs.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Runs">Runs that ended in that time.</param>
/// <param name="Calls">Calls to the source.</param>
/// <param name="Records">Records that were transformed.</param>
/// <param name="RawBytes">Bytes that were landed by those runs, compressed.</param>
/// <param name="Usage">What it used.</param>
/// <param name="Cost">What that costs.</param>
/// <param name="StoragePerMonth">What keeping those bytes costs for a month.</param>
public sealed record StreamCost(
    string Pipeline, string Stream, int Runs, long Calls, long Records, long RawBytes, Usage Usage, CostParts Cost, decimal StoragePerMonth)
{
    /// <summary>What a million records cost; null if there were none.</summary>
    public decimal? PerMillionRecords => Records == 0 ? null : Math.Round(Cost.Total * 1_000_000m / Records, 4);
}
