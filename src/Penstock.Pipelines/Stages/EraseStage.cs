using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Erasing;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Subjects;

namespace Penstock.Pipelines.Stages;

/// <summary>
/// Erase: takes one subject out of everything, place by place, and goes through all of it again until nothing is found: work that had
/// begun before may have brought something back.
/// </summary>
public sealed class EraseStage
{
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(5);

    private readonly IPipelineCatalog _catalog;
    private readonly ErasureRegister _register;
    private readonly SubjectKeySource _keys;
    private readonly ErasureBook _book;
    private readonly ErasurePlan _plan;
    private readonly RemovedStreams _removed;
    private readonly WorkSender _sender;
    private readonly ErasureOptions _options;
    private readonly TimeProvider _time;

    internal EraseStage(
        IPipelineCatalog catalog, ErasureRegister register, SubjectKeySource keys, ErasureBook book, ErasurePlan plan, RemovedStreams removed, WorkSender sender,
        ErasureOptions options, TimeProvider time)
    {
        (_catalog, _register, _keys, _book, _plan, _removed, _sender, _options, _time) = (catalog, register, keys, book, plan, removed, sender, options, time);
    }

    /// <summary>Works on an erasure until it is completed, must wait, or the deadline is near.</summary>
    /// <param name="message">Which erasure.</param>
    /// <param name="deadline">When to stop gracefully and send itself again.</param>
    /// <param name="cancellationToken">Ends the work at once; it may be taken up again at any time.</param>
    public async Task<EraseOutcome> RunAsync(EraseMessage message, DateTimeOffset deadline, CancellationToken cancellationToken = default)
    {
        if (await _book.FindAsync(message.Erasure, cancellationToken) is not { } erasure)
            return new EraseRefused($"There is no erasure '{message.Erasure}'.");
        if (erasure.Status == ErasureStatus.Completed)
            return new SubjectErased(erasure);
        (SubjectKey? key, string reason) = await _keys.FindAsync(cancellationToken);
        if (key is null)
            return await WaitAsync(erasure, _time.GetUtcNow() + Recheck, reason, cancellationToken);
        if (erasure.Status == ErasureStatus.Requested)
            erasure = await RegisterAsync(erasure, cancellationToken);
        if (erasure.NotBefore > _time.GetUtcNow())
            return await WaitAsync(erasure, erasure.NotBefore.Value, "What had begun before may still bring something back; then all is looked through once more.", cancellationToken);
        return await SweepAsync(erasure, new ErasureScope(erasure, key), deadline, cancellationToken);
    }

    private async Task<Erasure> RegisterAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        await _register.EnterAsync([.. erasure.Subjects.Select(id => SubjectId.Parse(id)).OfType<SubjectId>()], erasure.RequestedAt, cancellationToken);
        return await _book.ChangeAsync(erasure, known => known.Status == ErasureStatus.Requested ? known with { Status = ErasureStatus.Sweeping } : known, cancellationToken);
    }

    private async Task<EraseOutcome> SweepAsync(Erasure erasure, ErasureScope scope, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        IReadOnlyList<PipelineEntry> entries = await _catalog.ListAsync(cancellationToken);
        if (entries.OfType<BrokenPipeline>().FirstOrDefault() is { } broken)
            return await WaitAsync(erasure, _time.GetUtcNow() + Recheck, $"The pipeline '{broken.Name}' is broken, so nobody knows where it has names: {broken.Problems[0]}", cancellationToken);
        (Pipeline Pipeline, PipelineStream Stream)[] all =
            [.. entries.OfType<UsablePipeline>().SelectMany(usable => usable.Pipeline.Streams.Select(stream => (usable.Pipeline, stream)))];
        (Pipeline, PipelineStream Stream)[] searched = [.. all.Where(one => one.Stream.Subject is not null)];
        await foreach (ErasurePlace place in _plan.ListAsync(scope, searched, erasure.Position, cancellationToken))
        {
            if (_time.GetUtcNow() >= deadline)
                return await WaitAsync(erasure, _time.GetUtcNow(), "The time limit is near.", cancellationToken);
            if (await place.EraseAsync(cancellationToken) is { } reason)
                return await WaitAsync(erasure, _time.GetUtcNow() + Recheck, reason, cancellationToken);
            erasure = await PassAsync(erasure, place.Position, cancellationToken);
        }

        // Nobody knows any more where their records name somebody.
        List<string> removed = await _removed.ListAsync(cancellationToken).Select(one => $"{one.Pipeline}/{one.Stream}").ToListAsync(cancellationToken);
        return await EndSweepAsync(
            erasure with
            {
                Searched = [.. searched.Select(one => $"{one.Item1.Name}/{one.Stream.Name}")],
                NotSearched = [.. all.Where(one => one.Stream.Subject is null).Select(one => $"{one.Pipeline.Name}/{one.Stream.Name}"), .. removed],
            },
            cancellationToken);
    }

    private async Task<EraseOutcome> EndSweepAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        bool hasFound = false;
        await foreach (ErasureFinding _ in _book.FindingsAsync(erasure.Id, erasure.Sweep, cancellationToken))
        {
            hasFound = true;
            break;
        }

        // The first sweep may have come too early to find all, whatever it found.
        DateTimeOffset settled = erasure.RequestedAt + _options.Settle;
        bool isDone = !hasFound && (erasure.Sweep > 1 || _options.Settle <= TimeSpan.Zero);
        IReadOnlyList<ErasureCount>? counts = isDone ? await _book.CountAsync(erasure.Id, cancellationToken) : null;
        DateTimeOffset now = _time.GetUtcNow();
        Erasure next = await _book.ChangeAsync(
            erasure,
            known => known.Sweep != erasure.Sweep
                ? known
                : isDone
                    ? known with { Status = ErasureStatus.Completed, Counts = counts, CompletedAt = now, Position = null, NotBefore = null, Remark = null, Searched = erasure.Searched, NotSearched = erasure.NotSearched }
                    : known with { Sweep = known.Sweep + 1, Position = null, NotBefore = settled, Searched = erasure.Searched, NotSearched = erasure.NotSearched },
            cancellationToken);
        if (next.Status == ErasureStatus.Completed)
            return new SubjectErased(next);
        return await WaitAsync(next, settled, "What had begun before may still bring something back; then all is looked through once more.", cancellationToken);
    }

    private async ValueTask<Erasure> PassAsync(Erasure erasure, string position, CancellationToken cancellationToken)
    {
        erasure = erasure with { Position = position };
        if (_time.GetUtcNow() - erasure.ChangedAt < _options.NoteInterval)
            return erasure;
        return await _book.ChangeAsync(
            erasure,
            known => known.Sweep == erasure.Sweep && string.CompareOrdinal(known.Position ?? "", position) < 0 ? known with { Position = position } : known,
            cancellationToken);
    }

    private async Task<EraseOutcome> WaitAsync(Erasure erasure, DateTimeOffset until, string reason, CancellationToken cancellationToken)
    {
        await _book.ChangeAsync(
            erasure,
            known => known.Sweep != erasure.Sweep ? known : known with { Remark = reason, Position = string.CompareOrdinal(known.Position ?? "", erasure.Position ?? "") < 0 ? erasure.Position : known.Position },
            cancellationToken);
        await _sender.SendAsync(new EraseMessage(erasure.Id), until - _time.GetUtcNow(), cancellationToken);
        return new EraseDeferred(until, reason);
    }
}

/// <summary>How Erase works.</summary>
public sealed record ErasureOptions
{
    /// <summary>How long after a request work may go on that began before it: the last sweep begins after that. Default 30 minutes; zero if nothing else works.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often it is written down how far a sweep is; default 10 seconds.</summary>
    public TimeSpan NoteInterval { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>What became of working on an erasure.</summary>
public abstract record EraseOutcome
{
    private protected EraseOutcome() { }
}

/// <summary>The subject is erased.</summary>
/// <param name="Erasure">The erasure.</param>
public sealed record SubjectErased(Erasure Erasure) : EraseOutcome;

/// <summary>It goes on later.</summary>
/// <param name="Until">When.</param>
/// <param name="Reason">Why.</param>
public sealed record EraseDeferred(DateTimeOffset Until, string Reason) : EraseOutcome;

/// <summary>It can never be done: a dead letter.</summary>
/// <param name="Reason">Why.</param>
public sealed record EraseRefused(string Reason) : EraseOutcome;
