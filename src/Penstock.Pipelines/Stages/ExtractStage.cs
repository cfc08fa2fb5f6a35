using Penstock.Connectors.Budgets;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Operating;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Subjects;

namespace Penstock.Pipelines.Stages;

/// <summary>
/// Extract: reads one slice page by page, lands raw blobs, commits, sends transforms (DESIGN 6). A crash anywhere leaves
/// either an uncommitted blob, which nobody reads, or a commit whose outbox the next attempt sends again.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="opener">Opens streams.</param>
/// <param name="slices">Takes and commits slices.</param>
/// <param name="runs">The runs.</param>
/// <param name="ends">Enters slices that have ended.</param>
/// <param name="gate">What records pass before they are landed.</param>
/// <param name="sender">Sends work.</param>
/// <param name="pauses">Which pipelines operators paused.</param>
/// <param name="options">How it works.</param>
/// <param name="time">The clock.</param>
public sealed class ExtractStage(
    IPipelineCatalog catalog, IStreamOpener opener, SliceBook slices, RunBook runs, SliceEnds ends, LandingGate gate, WorkSender sender, PauseBook pauses,
    ExtractOptions options, TimeProvider time)
{
    private static readonly TimeSpan PipelineRecheck = TimeSpan.FromMinutes(5);

    /// <summary>Works on a slice until it is landed, must wait, or the deadline is near.</summary>
    /// <param name="message">Which slice.</param>
    /// <param name="deadline">When to stop gracefully and send itself again.</param>
    /// <param name="cancellationToken">Ends the work at once; nothing committed is lost.</param>
    public async Task<ExtractOutcome> RunAsync(ExtractMessage message, DateTimeOffset deadline, CancellationToken cancellationToken = default)
    {
        if ((await runs.FindAsync(message.Pipeline, message.Stream, message.Run, cancellationToken))?.Value is not { } run)
            return new SliceDropped("The run is gone.");
        if (run.HasEnded)
            return await CloseAsync(message, cancellationToken);

        WorkPriority.Current = run.Priority;
        if (run.IsHeld)
            return new SliceDropped("The backfill is paused; its slices are sent again when it goes on.");
        if (await catalog.FindAsync(message.Pipeline, cancellationToken) is not UsablePipeline { Pipeline: { Paused: false } pipeline }
            || await pauses.IsPausedAsync(message.Pipeline, cancellationToken))
            return await DeferAsync(message, time.GetUtcNow() + PipelineRecheck, "The pipeline is paused, broken or gone.", cancellationToken);

        switch (await slices.TakeAsync(run, message, cancellationToken))
        {
            case SliceBusy busy:
                return await DeferAsync(message, busy.Until, "Another attempt reads the slice.", cancellationToken);
            case SliceEnded ended:
                await slices.EmptyOutboxAsync(message, cancellationToken);
                return await EndAsync(run, message, ended.Slice, cancellationToken);
            case SliceTaken taken:
                await using (SliceAttempt attempt = taken.Attempt)
                    return await ReadAsync(pipeline, run, message, attempt, deadline, cancellationToken);
            default:
                return new SliceDropped("The slice isn't in the run's plan.");
        }
    }

    // What was committed before the run ended is curated, even if whoever committed it died before it said so.
    private async Task<ExtractOutcome> CloseAsync(ExtractMessage message, CancellationToken cancellationToken)
    {
        await slices.CloseAsync(message, cancellationToken);
        return new SliceDropped("The run has ended.");
    }

    private async Task<ExtractOutcome> ReadAsync(
        Pipeline pipeline, Run run, ExtractMessage message, SliceAttempt attempt, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        try
        {
            // Ended meanwhile, and its other messages are gone: what is committed now nobody might send.
            return (await runs.FindAsync(message.Pipeline, message.Stream, message.Run, cancellationToken))?.Value is { HasEnded: false }
                ? await ReadPagesAsync(pipeline, run, message, attempt, deadline, cancellationToken)
                : await CloseAsync(message, cancellationToken);
        }
        catch
        {
            // The host stops, or something failed that nobody foresaw: whoever takes the slice up again needn't wait for the lease.
            await TryReleaseAsync(attempt);
            throw;
        }
    }

    private static async Task TryReleaseAsync(SliceAttempt attempt)
    {
        try
        {
            await attempt.ReleaseAsync();
        }
        catch (Exception)
        {
            // The store is down, perhaps: the lease ends by itself, and what failed first is what people must know.
        }
    }

    private async Task<ExtractOutcome> ReadPagesAsync(
        Pipeline pipeline, Run run, ExtractMessage message, SliceAttempt attempt, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        // What was committed before a crash is sent first: it may be all that is left to do for a long time.
        await attempt.SendOutboxAsync(cancellationToken);
        if (await opener.OpenAsync(pipeline, message.Stream, cancellationToken) is not StreamOpened { Stream: var stream })
            return await FailAsync(run, message, attempt, Unavailable(pipeline, message.Stream), cancellationToken);

        await foreach (ReadStep step in stream.ReadAsync(attempt.Slice.Slice, attempt.Slice.Position, cancellationToken))
        {
            switch (step)
            {
                case PageRead page:
                    LandingOutcome passing = await gate.PassAsync(pipeline.Find(message.Stream), page.Records, cancellationToken);
                    if (passing is not RecordsPass { Records: var records })
                        return await WaitAsync(message, attempt, time.GetUtcNow() + PipelineRecheck, ((RecordsWait)passing).Reason, cancellationToken);
                    attempt.Add(page with { Records = records }, stream);
                    bool isLast = page.NextPosition is null;
                    bool mustStop = !isLast && time.GetUtcNow() >= deadline;
                    if (!isLast && !mustStop && !attempt.MustCommit)
                        break;
                    if (!await attempt.CommitAsync(isLast ? SliceStatus.Landed : SliceStatus.Open, release: isLast || mustStop, cancellationToken: cancellationToken))
                        return new SliceDropped("Another attempt took the slice over.");
                    if (isLast)
                        return await EndAsync(run, message, attempt.Slice, cancellationToken);
                    if (mustStop)
                        return await DeferAsync(message, time.GetUtcNow(), "The time limit is near.", cancellationToken);
                    if (await IsStoppedAsync(message, cancellationToken))
                    {
                        // Whoever takes it up again needn't wait for the lease.
                        await attempt.CommitAsync(SliceStatus.Open, release: true, cancellationToken: cancellationToken);
                        return new SliceDropped("The run was cancelled or paused.");
                    }

                    break;
                case ReadWaits wait:
                    attempt.Count(wait.Calls);
                    if (wait.Failure is { } failure)
                        return await FailAsync(run, message, attempt, failure, cancellationToken, wait.Until);
                    return await WaitAsync(message, attempt, wait.Until, wait.Reason, cancellationToken);
                case ReadFailed failed:
                    attempt.Count(failed.Calls);
                    return await FailAsync(run, message, attempt, failed.Error, cancellationToken);
            }
        }

        throw new InvalidOperationException($"The stream '{message.Stream}' ended without a last page, a wait or a failure.");
    }

    private async Task<ExtractOutcome> WaitAsync(
        ExtractMessage message, SliceAttempt attempt, DateTimeOffset until, string reason, CancellationToken cancellationToken) =>
        await attempt.CommitAsync(SliceStatus.Open, release: true, reason, until, cancellationToken)
            ? await DeferAsync(message, until, reason, cancellationToken)
            : new SliceDropped("Another attempt took the slice over.");

    private async Task<ExtractOutcome> FailAsync(
        Run run, ExtractMessage message, SliceAttempt attempt, SourceError error, CancellationToken cancellationToken, DateTimeOffset? after = null)
    {
        int failures = attempt.Fail();
        bool forGood = failures >= options.TriesOf(error.Kind);
        if (!forGood)
            return await WaitAsync(message, attempt, Later(after, time.GetUtcNow() + ExtractOptions.Backoff(failures)), error.Message, cancellationToken);
        return await attempt.CommitAsync(SliceStatus.Failed, release: true, error.Message, cancellationToken: cancellationToken)
            ? await EndAsync(run, message, attempt.Slice, cancellationToken)
            : new SliceDropped("Another attempt took the slice over.");
    }

    // The connector may want to wait longer than we would.
    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private async Task<ExtractOutcome> EndAsync(Run run, ExtractMessage message, SliceDocument slice, CancellationToken cancellationToken)
    {
        await ends.EnterAsync(run, message, slice, cancellationToken);
        return slice.Status == SliceStatus.Failed
            ? new SliceFailed(slice.Remark ?? "unknown")
            : new SliceLanded(slice.Records);
    }

    private async Task<ExtractOutcome> DeferAsync(ExtractMessage message, DateTimeOffset until, string reason, CancellationToken cancellationToken)
    {
        // Sent again, it stays where it was in the trace: attempts are neighbours, however many there are.
        await sender.SendAsync(message, until - time.GetUtcNow(), message.Context, cancellationToken);
        return new SliceDeferred(until, reason);
    }

    private async Task<bool> IsStoppedAsync(ExtractMessage message, CancellationToken cancellationToken) =>
        (await runs.FindAsync(message.Pipeline, message.Stream, message.Run, cancellationToken))?.Value is not { HasEnded: false, IsHeld: false };

    // A missing secret or a broken connector is mended by people: it may pass.
    private static SourceError Unavailable(Pipeline pipeline, string stream) => new(
        SourceErrorKind.Transient, $"The stream '{stream}' of '{pipeline.Name}' can't be opened. Run 'penstock validate {pipeline.Name}' to see why.");
}
