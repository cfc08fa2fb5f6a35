using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Refreshes;

/// <summary>
/// Names the raw blob that says what is gone: its lines are records as they were landed once, which a complete run of a stream
/// that is read whole didn't bring any more. Being raw, it makes deletions a function of raw, too: replays find it, erasures go
/// through it, retention takes it.
/// </summary>
public static class GoneBlob
{
    private const string End = "-gone.jsonl.gz";

    /// <summary>The blob of a run. It is older than all that was read after the run began: what comes then stays.</summary>
    public static string NameFor(Run run) => RawNames.Name(run.Pipeline, run.Stream, run.CreatedAt, $"{run.Id}{End[..^".jsonl.gz".Length]}");

    /// <summary>Whether all lines of a raw blob say what is gone.</summary>
    public static bool Is(string rawBlob) => rawBlob.EndsWith(End, StringComparison.Ordinal) && SliceBlobName.Parse(rawBlob) is null;
}
