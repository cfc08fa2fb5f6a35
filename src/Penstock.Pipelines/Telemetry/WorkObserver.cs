using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using static Penstock.Pipelines.Telemetry.TelemetryNames;

namespace Penstock.Pipelines.Telemetry;

/// <summary>Watches the work on messages: a span, the metrics, a line in the log, and a count of what it uses, for each.</summary>
/// <param name="instance">The instance whose time is shared.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where outcomes go.</param>
public sealed class WorkObserver(InstanceTime instance, TimeProvider time, ILogger<WorkDispatcher> log)
{
    /// <summary>Watches Extract work on a message.</summary>
    public async Task<ExtractOutcome> ExtractAsync(ExtractMessage message, Func<Task<ExtractOutcome>> work)
    {
        using Activity? span = Tracing.Process(Spans.Extract, message, message.Pipeline, message.Stream)
            ?.SetTag(Attributes.Run, message.Run).SetTag(Attributes.Slice, message.Slice);
        Waited(QueueNames.Extract, message, span);
        (ExtractOutcome outcome, TimeSpan took) = await WatchAsync(work, span);
        string name = outcome switch
        {
            SliceLanded => "landed",
            SliceDeferred => "deferred",
            SliceFailed => "failed",
            _ => "dropped",
        };
        Instruments.Extracted(message.Pipeline, message.Stream, name, took);
        LogMessages.Extracted(log, message.Pipeline, message.Stream, message.Run, message.Slice, outcome);
        span?.SetTag(Attributes.Outcome, name);
        if (outcome is SliceLanded landed)
            span?.SetTag(Attributes.Records, landed.Records);
        else if (outcome is SliceFailed failed)
            span.Fail("slice_failed", failed.Reason);
        else if (outcome is SliceDeferred deferred)
            span?.AddEvent(new ActivityEvent(deferred.Reason, tags: new ActivityTagsCollection { ["until"] = deferred.Until.ToString("O") }));
        return outcome;
    }

    /// <summary>Watches Transform work on a message.</summary>
    public async Task<TransformOutcome> TransformAsync(TransformMessage message, Func<Task<TransformOutcome>> work)
    {
        using Activity? span = Tracing.Process(Spans.Transform, message, message.Pipeline, message.Stream)?.SetTag(Attributes.Blob, message.Blob);
        Waited(QueueNames.Transform, message, span);
        (TransformOutcome outcome, TimeSpan took) = await WatchAsync(work, span);
        string name = outcome switch
        {
            BlobCurated { IsNew: true } => "curated",
            BlobCurated => "known",
            TransformDeferred => "deferred",
            _ => "refused",
        };
        Instruments.Transformed(message.Pipeline, message.Stream, name, took);
        LogMessages.Transformed(log, message.Pipeline, message.Stream, message.Blob, outcome);
        span?.SetTag(Attributes.Outcome, name);
        if (outcome is BlobCurated { IsNew: true, Entry: var entry })
        {
            Instruments.Curated(message.Pipeline, message.Stream, entry, RawNames.TakenAt(message.Blob));
            span?.SetTag(Attributes.Records, entry.Read).SetTag(Attributes.Quarantined, entry.Quarantined);
        }
        else if (outcome is TransformRefused refused)
        {
            span.Fail("blob_refused", refused.Reason);
        }

        return outcome;
    }

    /// <summary>Notes that a message became a dead letter.</summary>
    public void GivenUp(string queue, string letter, string reason)
    {
        Instruments.GivenUp(queue);
        LogMessages.GivenUp(log, queue, letter, reason);
    }

    private async Task<(T Outcome, TimeSpan Took)> WatchAsync<T>(Func<Task<T>> work, Activity? span)
    {
        using UsageMeter meter = UsageMeter.Begin(instance);
        long start = time.GetTimestamp();
        try
        {
            return (await work(), time.GetElapsedTime(start));
        }
        catch (Exception e)
        {
            span.Fail(e.GetType().FullName!, e.Message);
            throw;
        }
    }

    private void Waited(string queue, WorkMessage message, Activity? span)
    {
        if (message.DueAt is not { } due)
            return;
        TimeSpan wait = time.GetUtcNow() - due;
        Instruments.Waited(queue, wait);
        span?.SetTag(Attributes.QueueWait, Math.Round(Math.Max(0, wait.TotalSeconds), 3));
    }
}
