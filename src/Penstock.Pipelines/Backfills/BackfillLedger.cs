using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Backfills;

/// <summary>Reads how far backfills are: a document for each batch of slices, never one for each slice.</summary>
/// <param name="documents">The documents.</param>
/// <param name="blobs">The listing.</param>
/// <param name="time">The clock.</param>
public sealed class BackfillLedger(DocumentStore documents, IBlobStore blobs, TimeProvider time)
{
    private readonly DocumentFolder<Backfill> _all = new(blobs, documents, RunNames.Backfills);

    /// <summary>All backfills, the newest first.</summary>
    public async ValueTask<IReadOnlyList<Backfill>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await _all.ReadAsync(cancellationToken)).Select(backfill => backfill.Value).OrderByDescending(backfill => backfill.RequestedAt)];

    /// <summary>Finds a backfill, or gives null.</summary>
    public ValueTask<Document<Backfill>?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        documents.FindAsync<Backfill>(RunNames.Backfill(id), cancellationToken);

    /// <summary>The runs of a backfill that were begun.</summary>
    public async ValueTask<IReadOnlyList<Run>> RunsAsync(Backfill backfill, CancellationToken cancellationToken = default)
    {
        var runs = new List<Run>(backfill.Streams.Count);
        foreach (string stream in backfill.Streams)
        {
            if (await documents.FindAsync<Run>(RunNames.Run(backfill.Pipeline, stream, backfill.RunId), cancellationToken) is { } run)
                runs.Add(run.Value);
        }

        return runs;
    }

    /// <summary>How far a backfill is. Its pace is that of the slices that have ended, since the first of them was begun.</summary>
    public async ValueTask<BackfillProgress> ProgressAsync(Backfill backfill, IReadOnlyList<Run> runs, CancellationToken cancellationToken = default)
    {
        var ends = new List<SliceEnd>();
        foreach (Run run in runs)
        {
            for (int batch = 0; batch < run.Batches; batch++)
            {
                if (await documents.FindAsync<BatchProgress>(RunNames.Progress(run, batch), cancellationToken) is { } progress)
                    ends.AddRange(progress.Value.Ended.Values);
            }
        }

        var result = new BackfillProgress(runs.Sum(run => run.Slices), ends.Count, runs.Count == backfill.Streams.Count && runs.All(run => run.Status != RunStatus.Planning))
        {
            Records = ends.Sum(end => end.Records),
            Calls = ends.Sum(end => end.Calls),
            Throttled = ends.Sum(end => end.Throttled),
            Failed = ends.Count(end => end.Status == SliceStatus.Failed),
        };
        return WithPace(result, backfill, ends, runs.All(run => run.HasEnded), time.GetUtcNow());
    }

    private static BackfillProgress WithPace(BackfillProgress progress, Backfill backfill, List<SliceEnd> ends, bool hasEnded, DateTimeOffset now)
    {
        if (ends.Min(end => end.StartedAt) is not { } first || ends.Max(end => end.EndedAt) is not { } last)
            return progress;
        // A pause that goes on lies after the last end, and earlier ones between the first and the last.
        TimeSpan elapsed = Longer(TimeSpan.Zero, last - first - backfill.PausedFor);
        if (hasEnded || !progress.IsPlanned)
            return progress with { Elapsed = elapsed, Remaining = hasEnded ? TimeSpan.Zero : null };
        // Slices that are under way have come some of their way since the last end.
        TimeSpan sinceLast = backfill.PausedAt is { } paused ? Longer(TimeSpan.Zero, paused - last) : now - last;
        TimeSpan remaining = Longer(TimeSpan.Zero, (elapsed / ends.Count * (progress.Planned - ends.Count)) - sinceLast);
        return progress with { Elapsed = elapsed, Remaining = remaining, Eta = backfill.PausedAt is null ? now + remaining : null };
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
