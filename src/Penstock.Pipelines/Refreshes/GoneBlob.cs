using System.Globalization;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Refreshes;

/// <summary>
/// Names the raw blobs that say what is gone: their lines are records as they were landed once, which a complete run of a stream
/// that is read whole didn't bring any more. Being raw, they make deletions a function of raw, too: replays find them, erasures go
/// through them, retention takes them.
/// </summary>
public static class GoneBlob
{
    private const string End = "-gone.jsonl.gz";

    /// <summary>The blob of one pass over a run's keys. It is older than all that was read after the run began: what comes then stays.</summary>
    /// <param name="run">The run.</param>
    /// <param name="pass">Which pass, from 0.</param>
    public static string NameFor(Run run, int pass = 0) => RawNames.Name(
        run.Pipeline, run.Stream, run.CreatedAt, string.Create(CultureInfo.InvariantCulture, $"{run.Id}{(pass == 0 ? "" : $"-{pass}")}{End[..^".jsonl.gz".Length]}"));

    /// <summary>Whether all lines of a raw blob say what is gone.</summary>
    public static bool Is(string rawBlob) => rawBlob.EndsWith(End, StringComparison.Ordinal) && SliceBlobName.Parse(rawBlob) is null;
}
