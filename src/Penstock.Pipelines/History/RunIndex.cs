using System.Runtime.CompilerServices;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.History;

/// <summary>Which runs to list; null for all.</summary>
/// <param name="Pipeline">Of one pipeline.</param>
/// <param name="Stream">Of one of its streams.</param>
/// <param name="Status">With one status.</param>
public sealed record RunFilter(string? Pipeline = null, string? Stream = null, RunStatus? Status = null);

/// <summary>
/// Lists runs, however many streams there are: those that go on by their markers, those that have ended by a merge of the
/// streams' histories, which opens a stream's history only when one of its runs is next.
/// </summary>
/// <param name="blobs">The listing.</param>
/// <param name="documents">The documents.</param>
/// <param name="history">The runs that have ended.</param>
public sealed class RunIndex(IBlobStore blobs, DocumentStore documents, RunHistory history)
{
    private const int ReadsAtOnce = 32;
    private readonly DocumentFolder<OpenRunMarker> _open = new(blobs, documents, RunNames.OpenRuns);
    private readonly DocumentFolder<PipelinePulse> _pulses = new(blobs, documents, PipelinePulse.Folder);

    /// <summary>The pulse of each pipeline that has one.</summary>
    public async ValueTask<IReadOnlyDictionary<string, PipelinePulse>> PulsesAsync(CancellationToken cancellationToken = default)
    {
        var pulses = new Dictionary<string, PipelinePulse>(StringComparer.Ordinal);
        foreach (Document<PipelinePulse> pulse in await _pulses.ReadAsync(cancellationToken))
            pulses[pulse.Name] = pulse.Value;
        return pulses;
    }

    /// <summary>The markers of the runs that go on.</summary>
    public async ValueTask<IReadOnlyList<OpenRunMarker>> OpenAsync(string? pipeline = null, CancellationToken cancellationToken = default) =>
        [.. (await _open.ReadAsync(pipeline is null ? "" : $"{BlobNames.Segment(pipeline)}/", cancellationToken)).Select(marker => marker.Value)];

    /// <summary>The runs that have a marker, the newest first; one or the other may just have ended.</summary>
    public async ValueTask<IReadOnlyList<RunSummary>> OpenRunsAsync(RunFilter filter, CancellationToken cancellationToken = default)
    {
        OpenRunMarker[] markers = [.. (await OpenAsync(filter.Pipeline, cancellationToken)).Where(one => filter.Stream is null || one.Stream == filter.Stream)];
        var runs = new RunSummary?[markers.Length];
        var together = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Current };
        await Parallel.ForAsync(0, runs.Length, together, async (i, token) =>
        {
            OpenRunMarker marker = markers[i];
            if (await documents.FindAsync<Run>(RunNames.Run(marker.Pipeline, marker.Stream, marker.Run), token) is { Value: var run })
                runs[i] = RunSummary.Of(run);
        });
        return [.. runs.OfType<RunSummary>().Where(run => filter.Status is null || run.Status == filter.Status).OrderByDescending(run => run.CreatedAt)];
    }

    /// <summary>The runs that ended before an instant (or at it), the newest end first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="from">The latest end; null for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<RunSummary> EndedAsync(
        RunFilter filter, DateTimeOffset? from = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var streams = new PriorityQueue<IAsyncEnumerator<RunSummary>, long>();
        var unopened = new PriorityQueue<(string Pipeline, string Stream), long>();
        await foreach ((string pipeline, string stream, DateTimeOffset newest) in NewestAsync(filter, from, cancellationToken))
            unopened.Enqueue((pipeline, stream), -newest.UtcTicks);
        try
        {
            while (true)
            {
                // A history is opened when no opened one has a newer run than it may have.
                while (unopened.TryPeek(out _, out long may) && (!streams.TryPeek(out _, out long has) || may <= has))
                {
                    (string pipeline, string stream) = unopened.Dequeue();
                    await NextAsync(history.ReadAsync(pipeline, stream, cancellationToken).GetAsyncEnumerator(cancellationToken));
                }

                if (!streams.TryDequeue(out IAsyncEnumerator<RunSummary>? first, out _))
                    yield break;
                yield return first.Current;
                await NextAsync(first);
            }
        }
        finally
        {
            while (streams.TryDequeue(out IAsyncEnumerator<RunSummary>? rest, out _))
                await rest.DisposeAsync();
        }

        async ValueTask NextAsync(IAsyncEnumerator<RunSummary> runs)
        {
            while (await runs.MoveNextAsync())
            {
                if ((filter.Status is not null && runs.Current.Status != filter.Status) || runs.Current.EndedAt > from)
                    continue;
                streams.Enqueue(runs, -(runs.Current.EndedAt ?? runs.Current.CreatedAt).UtcTicks);
                return;
            }

            await runs.DisposeAsync();
        }
    }

    // Each stream with an instant that none of its runs in question ended after.
    private async IAsyncEnumerable<(string Pipeline, string Stream, DateTimeOffset Newest)> NewestAsync(
        RunFilter filter, DateTimeOffset? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (Document<PipelinePulse> pulse in await _pulses.ReadAsync(filter.Pipeline is null ? "" : $"{BlobNames.Segment(filter.Pipeline)}.json", cancellationToken))
        {
            foreach ((string stream, StreamPulse one) in pulse.Value.Streams)
            {
                if ((filter.Stream is not null && stream != filter.Stream) || one.Runs.Count == 0)
                    continue;
                DateTimeOffset newest = one.Runs.Select(run => run.EndedAt).FirstOrDefault(end => from is null || end <= from, one.Runs[^1].EndedAt);
                if (filter.Status is { } status)
                {
                    if (!one.Ends.TryGetValue(status, out DateTimeOffset end))
                        continue;
                    newest = end < newest ? end : newest;
                }

                if (one.Runs.Count < StreamPulse.MaxRuns && from is not null && one.Runs[^1].EndedAt > from)
                    continue;
                yield return (PipelineOf(pulse.Name), stream, newest);
            }
        }
    }

    // A pipeline's name is a segment as it is.
    private static string PipelineOf(string pulse) => pulse[PipelinePulse.Folder.Length..^".json".Length];
}
