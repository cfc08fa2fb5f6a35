using System.Globalization;
using System.Runtime.CompilerServices;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Partitions;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Retrieval.Jobs;

/// <summary>
/// <c>AsyncRetriever</c>: creates a job at the source, waits until it is complete, and downloads what it made. The job is part of
/// the position, so that waiting for it costs no process.
/// </summary>
internal sealed class AsyncRetriever : IRetriever
{
    private const int MostAttempts = 3;
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromSeconds(5);

    private readonly RetrieverParts _parts;
    private readonly JobCalls _calls;
    private readonly SimpleRetriever _download;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _afterFailure;

    private AsyncRetriever(RetrieverParts parts, JobCalls calls, SimpleRetriever download, TimeSpan timeout, TimeSpan afterFailure) =>
        (_parts, _calls, _download, _timeout, _afterFailure) = (parts, calls, download, timeout, afterFailure);

    /// <summary>Reads a retriever; null (and reported) if it can't work.</summary>
    /// <param name="node">The retriever's component.</param>
    /// <param name="transformations">The stream's transformations.</param>
    /// <param name="parts">What the stream gives.</param>
    public static AsyncRetriever? Read(ManifestNode node, IEnumerable<ManifestNode> transformations, RetrieverParts parts)
    {
        var calls = new JobCalls(node, parts.Connector);
        var minutes = Number(node, "polling_job_timeout", parts) is > 0 and var declared ? declared : 60;
        var seconds = Number(node, "failed_retry_wait_time_in_seconds", parts) ?? 0;
        var download = SimpleRetriever.Read(DownloadNode.Of(node), transformations, parts with { SliceOptions = [] });
        return download is null ? null : new AsyncRetriever(parts, calls, download, TimeSpan.FromMinutes(minutes), TimeSpan.FromSeconds(Math.Max(0, seconds)));
    }

    private static int? Number(ManifestNode node, string field, RetrieverParts parts) =>
        int.TryParse(node.Template(field)?.EvaluateText(parts.Connector.Context), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadStep> ReadAsync(SliceScope slice, string? position, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var job = position is null ? null : JobPosition.Read(position);
        while (job?.Targets is null)
        {
            var (next, step) = await AdvanceAsync(slice, job, cancellationToken);
            if (step is not null) yield return step;
            if (next is null) yield break;
            job = next;
        }

        await foreach (var step in DownloadAsync(slice, job, cancellationToken)) yield return step;
    }

    // One call: creates the job, or asks how it is. Without a next position the reading ends with the step.
    private async ValueTask<(JobPosition? Next, ReadStep? Step)> AdvanceAsync(SliceScope slice, JobPosition? job, CancellationToken cancellationToken)
    {
        if (job is null || job.Creation.IsNone)
        {
            // After a failure the position's time is that of the failure.
            if (job is not null && job.CreatedAt + _afterFailure - _parts.Connector.Time.GetUtcNow() is { Ticks: > 0 } left)
                return await WaitAsync(job, left, "the source's job failed, and is created again after a pause", cancellationToken);
            var (creation, unable) = await _calls.CreateAsync(slice, cancellationToken);
            if (unable is not null) return (null, Ended(unable));
            var created = new JobPosition((job?.Attempt ?? 0) + 1, _parts.Connector.Time.GetUtcNow(), creation);
            // A page without records: it makes the job known before anything else can happen to this process.
            return (created, new PageRead([], created.Write(), null, 0));
        }

        var (polling, obstacle) = await _calls.PollAsync(slice, job, cancellationToken);
        if (obstacle is not null) return (null, Ended(obstacle));
        var isTimedOut = _parts.Connector.Time.GetUtcNow() - job.CreatedAt > _timeout;
        switch (_calls.Statuses.Find(_calls.StatusOf(polling)))
        {
            case JobStatus.Completed:
                var complete = job with { Polling = polling };
                var (targets, unable) = await _calls.TargetsAsync(slice, complete, cancellationToken);
                return unable is null ? (complete with { Targets = targets }, null) : (null, Ended(unable));
            case JobStatus.Skipped:
                return (null, new PageRead([], null, null, 0));
            case JobStatus.Running when !isTimedOut:
                return await WaitAsync(job, BetweenPolls, "the source's job is running", cancellationToken);
            case JobStatus.Running or JobStatus.Failed when job.Attempt < MostAttempts:
                if (isTimedOut) await _calls.AbortAsync(slice, job, cancellationToken);
                var again = new JobPosition(job.Attempt, _parts.Connector.Time.GetUtcNow(), Value.None);
                return (again, new PageRead([], again.Write(), null, 0));
            case JobStatus.Running or JobStatus.Failed:
                if (isTimedOut) await _calls.AbortAsync(slice, job, cancellationToken);
                return (null, new ReadFailed(new SourceError(SourceErrorKind.System, $"Stream {_parts.StreamName}: the source's job failed {MostAttempts} times.")));
            default:
                return (null, new ReadFailed(new SourceError(SourceErrorKind.System,
                    $"Stream {_parts.StreamName}: the source gave its job a status that status_mapping doesn't have. Add it there.")));
        }
    }

    private async ValueTask<(JobPosition? Next, ReadStep? Step)> WaitAsync(JobPosition job, TimeSpan asked, string reason, CancellationToken cancellationToken)
    {
        var wait = _parts.Connector.Options.WaitCap is { } cap && cap < asked ? cap : asked;
        if (wait > _parts.Connector.Options.MaxInlineWait)
            return (null, new ReadWaits(_parts.Connector.Time.GetUtcNow() + wait, $"Stream {_parts.StreamName}: {reason}"));
        await Task.Delay(wait, _parts.Connector.Time, cancellationToken);
        // A capped wait counts as the whole one.
        return (job.Creation.IsNone ? job with { CreatedAt = DateTimeOffset.MinValue } : job, null);
    }

    private async IAsyncEnumerable<ReadStep> DownloadAsync(SliceScope slice, JobPosition job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (job.Targets!.Count == 0) yield return new PageRead([], null, null, 0);
        for (; job.Target < job.Targets.Count; job = job with { Target = job.Target + 1, Page = null })
        {
            var after = job.Target + 1 < job.Targets.Count ? job with { Target = job.Target + 1, Page = null } : null;
            await foreach (var step in _download.ReadAsync(WithResponses(slice, job), job.Page, cancellationToken))
            {
                yield return step is PageRead page ? page with { NextPosition = page.NextPosition is null ? after?.Write() : (job with { Page = page.NextPosition }).Write() } : step;
                if (step is not PageRead) yield break;
            }
        }

        await _calls.DeleteAsync(slice, job, cancellationToken);
    }

    private static SliceScope WithResponses(SliceScope slice, JobPosition job)
    {
        var variables = new DictValue(slice.Variables?.Entries ?? Enumerable.Empty<KeyValuePair<Value, Value>>())
        {
            ["download_target"] = job.Targets![job.Target],
            ["creation_response"] = job.Creation,
            ["polling_response"] = job.Polling,
        };
        var partition = PartitionJson.Read(slice.Slice.Partition);
        return slice with { StreamSlice = new SliceValue(partition, (slice.StreamSlice.AsObject as SliceValue)?.Window, variables), Variables = variables };
    }

    private ReadStep Ended(SendOutcome outcome) => outcome switch
    {
        MustWait wait => wait.ToStep(),
        SendFailed failed => new ReadFailed(failed.Error),
        _ => new ReadFailed(new SourceError(SourceErrorKind.System, $"Stream {_parts.StreamName}: the source asked to begin the paging of a job again.")),
    };
}
