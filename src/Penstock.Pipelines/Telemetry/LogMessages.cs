using Microsoft.Extensions.Logging;
using Penstock.Pipelines.Stages;

namespace Penstock.Pipelines.Telemetry;

/// <summary>
/// Every message that Penstock logs, with its id: 10xx Plan, 11xx work on messages, 12xx the local queues, 13xx lineage,
/// 20xx the HTTP API, 21xx webhooks, 22xx health, 30xx Watch, 31xx the local host. An id is never given again. Alerts look for
/// the texts (infra/Observability/AlertRules.cs). No message holds a record's content or a secret.
/// </summary>
public static partial class LogMessages
{
    /// <summary>A run's planning failed.</summary>
    [LoggerMessage(1001, LogLevel.Error, "Planning {Pipeline}/{Stream} run {Run} failed; it is tried again at the next tick.")]
    public static partial void PlanningFailed(ILogger log, string pipeline, string stream, string run, Exception e);

    /// <summary>An extract message is done.</summary>
    [LoggerMessage(1101, LogLevel.Information, "Extract {Pipeline}/{Stream} run {Run} slice {Slice}: {Outcome}")]
    public static partial void Extracted(ILogger log, string pipeline, string stream, string run, int slice, ExtractOutcome outcome);

    /// <summary>A transform message is done.</summary>
    [LoggerMessage(1102, LogLevel.Information, "Transform {Pipeline}/{Stream} {Blob}: {Outcome}")]
    public static partial void Transformed(ILogger log, string pipeline, string stream, string blob, TransformOutcome outcome);

    /// <summary>A message can't be processed.</summary>
    [LoggerMessage(1103, LogLevel.Error, "A message of the queue '{Queue}' became the dead letter {Id}: {Reason}")]
    public static partial void GivenUp(ILogger log, string queue, string id, string reason);

    /// <summary>A message failed and comes again.</summary>
    [LoggerMessage(1201, LogLevel.Warning, "A message of '{Queue}' ({Id}) failed, try {Try} of {Tries}.")]
    public static partial void MessageFailed(ILogger log, string queue, string id, int @try, int tries, Exception e);

    /// <summary>A queue can't be read.</summary>
    [LoggerMessage(1202, LogLevel.Error, "The queue '{Queue}' can't be read.")]
    public static partial void QueueFailed(ILogger log, string queue, Exception e);

    /// <summary>A request failed for a reason that nobody expected.</summary>
    [LoggerMessage(2001, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void RequestFailed(ILogger log, string method, string path, Exception e);

    /// <summary>A webhook's key is missing.</summary>
    [LoggerMessage(2101, LogLevel.Error, "The webhook {Pipeline}/{Stream} can't be verified: there is no secret '{Secret}'. Set it.")]
    public static partial void SecretMissing(ILogger log, string pipeline, string stream, string secret);

    /// <summary>A webhook's body couldn't be landed.</summary>
    [LoggerMessage(2102, LogLevel.Error, "A body for {Pipeline}/{Stream} couldn't be landed; its sender was told so.")]
    public static partial void BodyNotLanded(ILogger log, string pipeline, string stream, Exception e);

    /// <summary>Stores or pipelines can't be read.</summary>
    [LoggerMessage(2201, LogLevel.Error, "Not ready: the pipelines or the stores can't be read.")]
    public static partial void NotReady(ILogger log, Exception e);

    /// <summary>Watch found something.</summary>
    [LoggerMessage(3001, LogLevel.Warning, "Watch: {Finding}")]
    public static partial void Found(ILogger log, string finding);

    /// <summary>A timer's work failed.</summary>
    [LoggerMessage(3101, LogLevel.Error, "{Timer} failed; it comes again in a minute.")]
    public static partial void TimerFailed(ILogger log, string timer, Exception e);

    /// <summary>A run can't be shown.</summary>
    [LoggerMessage(3102, LogLevel.Warning, "The run {Pipeline}/{Stream} {Run} can't be looked at.")]
    public static partial void RunNotShown(ILogger log, string pipeline, string stream, string run, Exception e);

    /// <summary>Events couldn't be landed.</summary>
    [LoggerMessage(3103, LogLevel.Error, "Events for '{Hub}' couldn't be landed; their sender was told so.")]
    public static partial void EventsNotLanded(ILogger log, string hub, Exception e);
}
