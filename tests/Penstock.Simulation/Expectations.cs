using Penstock.Pipelines.Stages;

namespace Penstock.Simulation;

/// <summary>What a scenario did that must show in the end.</summary>
public sealed class Expectations
{
    /// <summary>Backfills that were begun.</summary>
    public List<StartBackfill> Backfills { get; } = [];

    /// <summary>Payloads that aren't JSON, as base64: all of them end in quarantine.</summary>
    public HashSet<string> Noise { get; } = [];
}
