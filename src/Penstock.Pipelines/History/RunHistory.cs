using System.Runtime.CompilerServices;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.History;

/// <summary>
/// Keeps the runs that have ended so that they can be listed without looking at each run's folder. A run is entered before its
/// marker is taken away: what lies in neither has never been.
/// </summary>
/// <param name="documents">Where it is kept.</param>
/// <param name="pulses">Told of each run too.</param>
public sealed class RunHistory(DocumentStore documents, PulseBook pulses)
{
    /// <summary>Enters a run that has ended. Entering it again changes nothing.</summary>
    public async ValueTask EnterAsync(Run run, CancellationToken cancellationToken = default)
    {
        string name = StreamHistory.NameFor(run.Pipeline, run.Stream);
        RunSummary? summary = null;
        while (true)
        {
            var current = await documents.FindAsync<StreamHistory>(name, cancellationToken);
            if (current?.Value.Runs.FirstOrDefault(one => one.Id == run.Id) is { } known)
            {
                summary = known;
                break;
            }

            summary ??= RunSummary.Of(run, await RunTotals.ReadAsync(documents, run, cancellationToken));
            StreamHistory next = (current?.Value ?? StreamHistory.Empty).With(summary);
            if (next.Runs.Count > StreamHistory.MaxRuns)
                next = await ArchiveAsync(run, next, cancellationToken);
            Document<StreamHistory>? written = current is null
                ? await documents.CreateAsync(name, next, cancellationToken)
                : await documents.ReplaceAsync(current, next, cancellationToken);
            if (written is not null)
                break;
        }

        await pulses.EnterAsync(summary, cancellationToken);
    }

    /// <summary>A stream's ended runs, the newest first.</summary>
    public async IAsyncEnumerable<RunSummary> ReadAsync(
        string pipeline, string stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var recent = await documents.FindAsync<StreamHistory>(StreamHistory.NameFor(pipeline, stream), cancellationToken);
        foreach (RunSummary run in recent?.Value.Runs ?? [])
            yield return run;
        for (int archive = (recent?.Value.Archives ?? 0) - 1; archive >= 0; archive--)
        {
            var older = await documents.FindAsync<StreamHistory>(StreamHistory.NameFor(pipeline, stream, archive), cancellationToken);
            foreach (RunSummary run in older?.Value.Runs ?? [])
                yield return run;
        }
    }

    // The archive first: should the next write fail, the archive is found there, and what it holds counts as archived.
    private async ValueTask<StreamHistory> ArchiveAsync(Run run, StreamHistory history, CancellationToken cancellationToken)
    {
        string name = StreamHistory.NameFor(run.Pipeline, run.Stream, history.Archives);
        var oldest = new StreamHistory([.. history.Runs.TakeLast(StreamHistory.RunsPerArchive)]);
        if (await documents.CreateAsync(name, oldest, cancellationToken) is null)
            oldest = (await documents.FindAsync<StreamHistory>(name, cancellationToken))?.Value ?? oldest;
        var archived = oldest.Runs.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        return new StreamHistory([.. history.Runs.Where(one => !archived.Contains(one.Id))], history.Archives + 1);
    }
}
