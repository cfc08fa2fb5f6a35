using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;

namespace Penstock.Cli.Local;

/// <summary>How far some runs are.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Elapsed">How long this process works on them.</param>
/// <param name="Failures">How often a message failed and came again.</param>
internal sealed record RunSnapshot(IReadOnlyList<RunProgress> Runs, TimeSpan Elapsed, int Failures)
{
    /// <summary>Whether all have ended and everything is curated.</summary>
    public bool IsDone => HasEnded && Runs.All(run => run.Counts.IsCurated);

    /// <summary>Whether all have ended.</summary>
    public bool HasEnded => Runs.All(run => run.Run.HasEnded);

    /// <summary>Whether all ended well.</summary>
    public bool IsGood => IsDone && Runs.All(run => run.Run.Status == RunStatus.Completed);
}

/// <summary>How far a run is.</summary>
/// <param name="Run">The run.</param>
/// <param name="Counts">Its slices and blobs, added up.</param>
internal sealed record RunProgress(Run Run, RunCounts Counts);
