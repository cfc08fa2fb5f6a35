using Penstock.Pipelines.Costs;

namespace Penstock.Pipelines.Backfills;

/// <summary>What a backfill would take.</summary>
/// <param name="Streams">Each stream.</param>
/// <param name="Duration">How long it would take; null if nothing is known to judge by.</param>
/// <param name="Basis">What the estimate rests on, in words.</param>
public sealed record BackfillEstimate(IReadOnlyList<StreamEstimate> Streams, TimeSpan? Duration, string Basis)
{
    /// <summary>What it would cost; null if nothing is known to judge by.</summary>
    public EstimatedCost? Cost { get; init; }

    /// <summary>Slices.</summary>
    public int Slices => Streams.Sum(stream => stream.Slices);

    /// <summary>Whether all slices were counted.</summary>
    public bool IsExact => Streams.All(stream => stream.IsExact);

    /// <summary>Calls to the source; null if nothing is known to judge by.</summary>
    public long? Calls => Streams.All(stream => stream.Calls is not null) ? Streams.Sum(stream => stream.Calls) : null;
}

/// <summary>What a stream would take.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Slices">Slices, as far as they were counted.</param>
/// <param name="IsExact">Whether all of them were.</param>
/// <param name="Calls">Calls to the source; null if nothing is known to judge by.</param>
/// <param name="Records">Records; null if nothing is known to judge by.</param>
/// <param name="Note">Why something isn't known; null if all is.</param>
public sealed record StreamEstimate(string Stream, int Slices, bool IsExact, long? Calls, long? Records, string? Note);

/// <summary>What something would cost, as far as it is known.</summary>
/// <param name="Currency">The currency of the price list.</param>
/// <param name="Parts">By what it is for.</param>
/// <param name="LeftOut">What isn't in it, for it isn't known, in words.</param>
public sealed record EstimatedCost(string Currency, CostParts Parts, IReadOnlyList<string> LeftOut);
