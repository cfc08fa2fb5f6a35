using System.Security.Cryptography;
using System.Text;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;

namespace Penstock.Pipelines.Backfills;

/// <summary>Starts, pauses, resumes and cancels backfills. Each step may be repeated after a crash anywhere.</summary>
/// <param name="documents">Where they are kept.</param>
/// <param name="runs">The runs.</param>
/// <param name="index">Counts those that go on.</param>
/// <param name="lanes">Lets slices into the queue.</param>
/// <param name="time">The clock.</param>
/// <param name="ids">Names backfills.</param>
public sealed class BackfillBook(DocumentStore documents, RunBook runs, RunIndex index, SliceLanes lanes, TimeProvider time, IIdSource ids)
{
    /// <summary>How many backfills may go on at once: more would only wait for each other's quota.</summary>
    public const int MaxOpen = 50;

    /// <summary>Starts a backfill of streams that the pipeline pulls.</summary>
    public async Task<OperateOutcome> StartAsync(StartBackfill start, IReadOnlyList<string> streams, CancellationToken cancellationToken = default)
    {
        string id = start.IdempotencyKey is { } key ? Digest($"{start.Pipeline}\n{key}") : ids.Next();
        var wish = new Backfill(id, start.Pipeline, streams, start.From, start.To, time.GetUtcNow()) { Parallelism = start.Parallelism, IsUrgent = start.IsUrgent };
        if (await documents.FindAsync<Backfill>(RunNames.Backfill(id), cancellationToken) is null && await CountOpenAsync(cancellationToken) >= MaxOpen)
            return new CommandRefused($"{MaxOpen} backfills go on already. Wait until one has ended, or cancel one: GET /api/backfills.", TimeSpan.FromMinutes(1));
        Backfill backfill = (await documents.ChangeAsync<Backfill>(RunNames.Backfill(id), known => known ?? wish, cancellationToken))!.Value;
        if (!backfill.AsksFor(wish))
            return new CommandConflict("The idempotency key was used for another backfill. Use a new key.");
        foreach (string stream in backfill.Streams)
        {
            // A backfill that has ended and is asked for again has no marker any more, and needs none.
            if (await runs.FindAsync(backfill.Pipeline, stream, backfill.RunId, cancellationToken) is null)
                await runs.BeginAsync(RunOf(backfill, stream), cancellationToken);
        }

        await runs.WakeAsync($"backfill {id}", cancellationToken);
        return new BackfillStarted(backfill);
    }

    /// <summary>Pauses: what is being read is committed and let go; nothing is lost.</summary>
    public async Task<OperateOutcome> PauseAsync(string id, CancellationToken cancellationToken = default)
    {
        if (await documents.FindAsync<Backfill>(RunNames.Backfill(id), cancellationToken) is not { Value: var found })
            return Unknown(id);
        if (await HasEndedAsync(found, cancellationToken))
            return new CommandConflict($"The backfill '{id}' has ended: there is nothing to pause.", IsStale: true);
        DateTimeOffset now = time.GetUtcNow();
        Backfill paused = (await documents.ChangeAsync<Backfill>(
            RunNames.Backfill(id), backfill => backfill!.PausedAt is null ? backfill with { PausedAt = now } : backfill, cancellationToken))!.Value;
        await HoldAsync(paused, isHeld: true, cancellationToken);
        return new BackfillChanged(paused);
    }

    /// <summary>Goes on where it was.</summary>
    public async Task<OperateOutcome> ResumeAsync(string id, CancellationToken cancellationToken = default)
    {
        if (await documents.FindAsync<Backfill>(RunNames.Backfill(id), cancellationToken) is not { Value: var found })
            return Unknown(id);
        if (await HasEndedAsync(found, cancellationToken))
            return new CommandConflict($"The backfill '{id}' has ended: there is nothing to resume. Start another one.", IsStale: true);
        // The messages first, the backfill's word last: resumed again after a crash, it sends again what may be missing.
        foreach (Run run in await HoldAsync(found, isHeld: false, cancellationToken))
        {
            await lanes.ResendAsync(run, cancellationToken: cancellationToken);
            await lanes.AdvanceAsync(run.Pipeline, run.Stream, run.Id, cancellationToken);
        }

        DateTimeOffset now = time.GetUtcNow();
        Backfill resumed = (await documents.ChangeAsync<Backfill>(
            RunNames.Backfill(id),
            backfill => backfill!.PausedAt is null ? backfill : backfill with { PausedAt = null, PausedFor = backfill.PausedUntil(now) },
            cancellationToken))!.Value;
        await runs.WakeAsync($"backfill {id} goes on", cancellationToken);
        return new BackfillChanged(resumed);
    }

    /// <summary>Stops it for good. What is landed stays and is curated.</summary>
    public async Task<OperateOutcome> CancelAsync(string id, CancellationToken cancellationToken = default)
    {
        if (await documents.FindAsync<Backfill>(RunNames.Backfill(id), cancellationToken) is not { Value: var backfill })
            return Unknown(id);
        foreach (string stream in backfill.Streams)
        {
            if ((await runs.FindAsync(backfill.Pipeline, stream, backfill.RunId, cancellationToken))?.Value is { } run)
                await runs.EndAsync(run, run.HasEnded ? run.Status : RunStatus.Cancelled, run.Error, cancellationToken);
        }

        return new BackfillChanged(backfill);
    }

    private async ValueTask<List<Run>> HoldAsync(Backfill backfill, bool isHeld, CancellationToken cancellationToken)
    {
        var held = new List<Run>();
        foreach (string stream in backfill.Streams)
        {
            var run = await documents.ChangeAsync<Run>(
                RunNames.Run(backfill.Pipeline, stream, backfill.RunId),
                current => current is null || current.HasEnded || current.IsHeld == isHeld ? current : current with { IsHeld = isHeld },
                cancellationToken);
            if (run?.Value is { HasEnded: false } open)
                held.Add(open);
        }

        return held;
    }

    private async ValueTask<bool> HasEndedAsync(Backfill backfill, CancellationToken cancellationToken)
    {
        foreach (string stream in backfill.Streams)
        {
            if ((await runs.FindAsync(backfill.Pipeline, stream, backfill.RunId, cancellationToken))?.Value is not { HasEnded: true })
                return false;
        }

        return true;
    }

    private async ValueTask<int> CountOpenAsync(CancellationToken cancellationToken) =>
        (await index.OpenAsync(cancellationToken: cancellationToken)).Where(marker => marker.Kind == RunKind.Backfill).DistinctBy(marker => marker.Run).Count();

    private static Run RunOf(Backfill backfill, string stream) => new()
    {
        Id = backfill.RunId,
        Pipeline = backfill.Pipeline,
        Stream = stream,
        Kind = RunKind.Backfill,
        CreatedAt = backfill.RequestedAt,
        Window = new BackfillWindow(backfill.From, backfill.To),
        Backfill = backfill.Id,
        Lanes = backfill.Parallelism,
        IsUrgent = backfill.IsUrgent,
        IsHeld = backfill.PausedAt is not null,
    };

    private static CommandNotFound Unknown(string id) => new($"There is no backfill '{id}'. GET /api/backfills lists them.");

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..20];
}
