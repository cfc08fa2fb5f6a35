using Penstock.Pipelines.Stages;

namespace Penstock.Simulation;

/// <summary>What a scenario did that must show in the end.</summary>
public sealed class Expectations
{
    /// <summary>Backfills that were begun, with the ids of their runs.</summary>
    public List<(StartBackfill Wish, string Run)> Backfills { get; } = [];

    /// <summary>Runs that an operator has cancelled.</summary>
    public List<RunReference> Cancelled { get; } = [];

    /// <summary>Whether a message was lost: it was given up, or a queue was emptied. Only then has Watch anything to mend.</summary>
    public bool MayHaveLostMessages { get; set; }

    /// <summary>Since when an operator's pause of the pipeline is stored; null if there is none.</summary>
    public DateTimeOffset? PausedSince { get; set; }

    /// <summary>Payloads that aren't JSON, as base64: all of them end in quarantine.</summary>
    public HashSet<string> Noise { get; } = [];
}
