using System.Diagnostics;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Lineage;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Runs;

/// <summary>Begins, finds and ends runs, so that each step may be repeated after a crash anywhere.</summary>
/// <param name="documents">Where runs are kept.</param>
/// <param name="blobs">Where the markers of open runs are listed.</param>
/// <param name="sender">Wakes planning.</param>
/// <param name="history">Told of each run that ends.</param>
/// <param name="lineage">Whether lineage is told.</param>
/// <param name="time">The clock.</param>
public sealed class RunBook(DocumentStore documents, IBlobStore blobs, WorkSender sender, RunHistory history, LineageOptions lineage, TimeProvider time)
{
    /// <summary>Begins a run unless it exists: marker first, so that a run which exists is always found.</summary>
    public async ValueTask BeginAsync(Run run, CancellationToken cancellationToken = default)
    {
        using Activity? span = Tracing.Begin(run);
        run = run with { Trace = TraceContext.Of(span) };
        var marker = new OpenRunMarker(run.Pipeline, run.Stream, run.Id, run.Kind, run);
        bool isMarked = await documents.CreateAsync(RunNames.OpenRun(run.Pipeline, run.Stream, run.Id), marker, cancellationToken) is not null;
        if (isMarked)
            await NoteAsync(run, cancellationToken);
        if (await documents.CreateAsync(RunNames.Run(run.Pipeline, run.Stream, run.Id), run, cancellationToken) is null)
            span.Forget();
        else if (!isMarked)
            await NoteAsync(run, cancellationToken);
    }

    /// <summary>
    /// Begins the stream's incremental run for a due time, if none goes on; gives the id of the one that goes on now, or null
    /// if that due time was served already. The stream's document is claimed first: it allows one run at a time.
    /// </summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="due">The due time.</param>
    /// <param name="cancellationToken">Ends the beginning.</param>
    public async ValueTask<string?> BeginIncrementalAsync(
        string pipeline, string stream, DateTimeOffset due, CancellationToken cancellationToken = default) =>
        (await TryBeginIncrementalAsync(pipeline, stream, due, cancellationToken)).Active;

    /// <summary>The same; tells also whether the due time needn't be looked at any more.</summary>
    public async ValueTask<(string? Active, bool IsServed)> TryBeginIncrementalAsync(
        string pipeline, string stream, DateTimeOffset due, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        var claimed = await documents.ChangeAsync<StreamDocument>(
            RunNames.Stream(pipeline, stream),
            current => current is { ActiveRun: not null } || current?.LastDue >= due || current?.EditedUntil > now
                ? current
                : (current ?? new StreamDocument()) with { ActiveRun = RunId(due), ActiveSince = now, LastDue = due },
            cancellationToken);
        if (claimed?.Value is not { ActiveRun: { } id, ActiveSince: { } since })
            return (null, claimed?.Value.LastDue >= due);
        await BeginAsync(
            new Run { Id = id, Pipeline = pipeline, Stream = stream, Kind = RunKind.Incremental, CreatedAt = since }, cancellationToken);
        return (id, id == RunId(due));
    }

    /// <summary>Finds a run, or gives null.</summary>
    public ValueTask<Document<Run>?> FindAsync(string pipeline, string stream, string run, CancellationToken cancellationToken = default) =>
        documents.FindAsync<Run>(RunNames.Run(pipeline, stream, run), cancellationToken);

    /// <summary>Lists the runs that go on.</summary>
    public async IAsyncEnumerable<OpenRunMarker> ListOpenAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (BlobEntry entry in blobs.ListAsync(RunNames.OpenRuns, cancellationToken))
        {
            if (await documents.FindAsync<OpenRunMarker>(entry.Name, cancellationToken) is { } marker)
                yield return marker.Value;
        }
    }

    /// <summary>Ends a run and takes its marker away. Ending it again changes nothing.</summary>
    public async ValueTask EndAsync(Run run, RunStatus status, string? error, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        using Activity? span = Tracing.End(run);
        bool isEnded = false;
        var ended = await documents.ChangeAsync<Run>(
            RunNames.Run(run.Pipeline, run.Stream, run.Id),
            current =>
            {
                isEnded = current is { HasEnded: false };
                return isEnded ? current! with { Status = status, Error = error, EndedAt = now } : current;
            },
            cancellationToken);
        if (!isEnded)
            span.Forget();
        else
            Told(run, status, error, now - run.CreatedAt, span);
        if (run.Kind == RunKind.Incremental)
            await ReleaseStreamAsync(run, status, cancellationToken);
        if (ended is not null)
            await history.EnterAsync(ended.Value, cancellationToken);
        await blobs.DeleteAsync(RunNames.OpenRun(run.Pipeline, run.Stream, run.Id), cancellationToken: cancellationToken);
    }

    /// <summary>Wakes planning, so that a new run doesn't wait for the next minute.</summary>
    public ValueTask WakeAsync(string reason, CancellationToken cancellationToken = default) =>
        sender.SendAsync(new TickMessage(reason), cancellationToken: cancellationToken);

    private async ValueTask ReleaseStreamAsync(Run run, RunStatus status, CancellationToken cancellationToken) =>
        await documents.ChangeAsync<StreamDocument>(
            RunNames.Stream(run.Pipeline, run.Stream),
            current => current?.ActiveRun != run.Id
                ? current
                : current with
                {
                    ActiveRun = null,
                    ActiveSince = null,
                    LastRun = run.Id,
                    LastStatus = status,
                    FreshUntil = status == RunStatus.Completed ? run.CreatedAt : current.FreshUntil,
                },
            cancellationToken);

    // That its lineage is to be told; not at every look at a run that goes on.
    private async ValueTask NoteAsync(Run run, CancellationToken cancellationToken)
    {
        if (lineage.IsOn)
            await documents.CreateAsync(LineageNote.Of(run).Name, LineageNote.Of(run), cancellationToken);
    }

    private static void Told(Run run, RunStatus status, string? error, TimeSpan took, Activity? span)
    {
        Instruments.Ended(run, status, took);
        span?.SetTag(TelemetryNames.Attributes.RunStatus, status.ToString().ToLowerInvariant());
        if (status == RunStatus.Failed)
            span.Fail("run_failed", error ?? "unknown");
    }

    /// <summary>The id of an incremental run; to the millisecond if need be: operators may ask for a second run within the second.</summary>
    public static string RunId(DateTimeOffset due) =>
        due.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.FFF'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether an incremental run was due after another one, or there is no other.</summary>
    public static bool IsLater(string id, string? other) => other is null || string.CompareOrdinal(id[..^1], other[..^1]) > 0;
}
