using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Quality.Sets;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;

namespace Penstock.Pipelines.Watching.Figures;

/// <summary>
/// Lands each run that has ended and is curated, or can't be any more, as a record of <c>penstock.runs</c>, and what its records were
/// like as a set as one of <c>penstock.quality</c>.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="runs">The runs.</param>
/// <param name="ledger">What became of them.</param>
/// <param name="summer">Sums up what the runs' records were like.</param>
/// <param name="documents">Which runs are awaited.</param>
/// <param name="receive">Lands records.</param>
/// <param name="time">The clock.</param>
public sealed class RunCollector(
    IPipelineCatalog catalog, RunBook runs, RunLedger ledger, SetSummer summer, DocumentStore documents, ReceiveStage receive, TimeProvider time) : IMonitor
{
    // A run whose blobs aren't all curated by then is told as it is.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    // How late a run may be entered that has ended.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Document<AwaitedRuns>? known = await documents.FindAsync<AwaitedRuns>(AwaitedRuns.Name, cancellationToken);
        AwaitedRuns awaited = known?.Value ?? new AwaitedRuns([], []);
        IReadOnlyList<(string Name, DateTimeOffset EndedAt)> ended = await EndedAsync(awaited.Until - Overlap, cancellationToken);
        HashSet<string> names = [.. awaited.Runs, .. (await OpenAsync(cancellationToken)).Concat(ended.Select(run => run.Name)).Except(awaited.Told)];
        var told = new List<string>();
        var records = new List<ReadOnlyMemory<byte>>();
        var sets = new List<ReadOnlyMemory<byte>>();
        var judged = new List<Run>();
        foreach (string name in names)
        {
            string[] parts = name.Split('\n');
            if ((await runs.FindAsync(parts[0], parts[1], parts[2], cancellationToken))?.Value is not { } run)
            {
                told.Add(name);
                continue;
            }

            if (!run.HasEnded)
                continue;
            RunCounts counts = await ledger.CountAsync(run, cancellationToken);
            if (!counts.IsCurated && time.GetUtcNow() - run.EndedAt < Patience)
                continue;
            records.Add(RunRecords.Of(run, counts));
            judged.Add(run);
            if (await summer.SumAsync(run, cancellationToken) is { } set)
                sets.Add(QualityRecords.Of(set));
            told.Add(name);
        }

        if (records.Count > 0)
        {
            await receive.RunAsync(
                new ReceivedBatch(SystemPipeline.Name, SystemPipeline.RunsStream, "watch", time.GetUtcNow(), records), cancellationToken);
        }

        if (sets.Count > 0)
        {
            await receive.RunAsync(
                new ReceivedBatch(SystemPipeline.Name, SystemPipeline.QualityStream, "watch", time.GetUtcNow(), sets), cancellationToken);
        }

        // Only now: what isn't landed would be lost.
        foreach (Run run in judged)
            await summer.ForgetAsync(run, cancellationToken);
        // Those that are found again must be known, however many there are.
        HashSet<string> again = [.. ended.Select(run => run.Name)];
        string[] before = [.. awaited.Told.Concat(told).Distinct()];
        var now = new AwaitedRuns([.. names.Except(told).Order(StringComparer.Ordinal)], [.. before.Where(name => !again.Contains(name)).TakeLast(1_000), .. before.Where(again.Contains)])
        {
            Until = ended.Select(run => (DateTimeOffset?)run.EndedAt).Append(awaited.Until).Max(),
        };
        if (known is null)
            await documents.CreateAsync(AwaitedRuns.Name, now, cancellationToken);
        else if (told.Count > 0 || names.Count != awaited.Runs.Count || now.Until != awaited.Until)
            await documents.ReplaceAsync(known, now, cancellationToken);
        yield break;
    }

    private async ValueTask<IReadOnlyList<string>> OpenAsync(CancellationToken cancellationToken) =>
        await runs.ListOpenAsync(cancellationToken).Select(open => AwaitedRuns.NameOf(open.Pipeline, open.Stream, open.Run)).ToListAsync(cancellationToken);

    // The last ones of each stream: a run, or a backfill, may have begun and ended since the last look.
    private async ValueTask<IReadOnlyList<(string Name, DateTimeOffset EndedAt)>> EndedAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var ended = new List<(string, DateTimeOffset)>();
        foreach (UsablePipeline entry in (await catalog.ListAsync(cancellationToken)).OfType<UsablePipeline>())
        {
            if (await documents.FindAsync<PipelinePulse>(PipelinePulse.NameFor(entry.Name), cancellationToken) is not { Value: var pulse })
                continue;
            foreach ((string stream, StreamPulse one) in pulse.Streams)
                ended.AddRange(one.Runs.Where(run => !(run.EndedAt < since)).Select(run => (AwaitedRuns.NameOf(entry.Name, stream, run.Id), run.EndedAt)));
        }

        return ended;
    }
}
