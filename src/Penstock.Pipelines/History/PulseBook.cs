using System.Collections.Concurrent;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;

namespace Penstock.Pipelines.History;

/// <summary>
/// Writes pulses. Blobs that are transformed at the same time in one process are entered by one write: many would only meet
/// each other at the ETag.
/// </summary>
/// <param name="documents">Where pulses are kept.</param>
/// <param name="time">The clock.</param>
public sealed class PulseBook(DocumentStore documents, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, PendingPulse> _pending = new(StringComparer.Ordinal);

    /// <summary>Enters a run that has ended. Entering it again changes nothing.</summary>
    public async ValueTask EnterAsync(RunSummary run, CancellationToken cancellationToken = default)
    {
        var mark = new RunMark(run.Id, run.Kind, run.Status, run.CreatedAt, run.EndedAt ?? run.CreatedAt, run.Totals?.Landed ?? 0);
        await documents.ChangeAsync<PipelinePulse>(
            PipelinePulse.NameFor(run.Pipeline),
            current =>
            {
                PipelinePulse pulse = current ?? PipelinePulse.Empty;
                StreamPulse before = pulse.Of(run.Stream), after = before.With(mark);
                return ReferenceEquals(before, after)
                    ? pulse
                    : pulse.With(run.Stream, after).With(new DayUse(DayUse.DayOf(mark.EndedAt), run.Totals?.Calls ?? 0, run.Totals?.Usage ?? Usage.None));
            },
            cancellationToken);
    }

    /// <summary>Counts a raw blob that was transformed for the first time; returns once that is written.</summary>
    public async ValueTask CountAsync(TransformMessage message, TransformEntry entry, CancellationToken cancellationToken = default)
    {
        PendingPulse pending = _pending.GetOrAdd(message.Pipeline, static _ => new PendingPulse());
        DateTimeOffset now = time.GetUtcNow();
        pending.Add(new Counted(
            message.Stream, new HourVolume(HourVolume.HourOf(now), entry.Read, entry.Quarantined), new DayUse(DayUse.DayOf(now), 0, entry.Usage ?? Usage.None), RawNames.TakenAt(entry.Blob)));
        await pending.Turn.WaitAsync(cancellationToken);
        try
        {
            // Whoever had the turn before may have written it already.
            if (pending.Take() is not { Count: > 0 } taken)
                return;
            await documents.ChangeAsync<PipelinePulse>(
                PipelinePulse.NameFor(message.Pipeline), current => taken.Aggregate(current ?? PipelinePulse.Empty, With), cancellationToken);
        }
        finally
        {
            pending.Turn.Release();
        }
    }

    private static PipelinePulse With(PipelinePulse pulse, Counted counted)
    {
        StreamPulse stream = pulse.Of(counted.Stream).With(counted.Volume);
        return pulse.With(counted.Stream, stream.LandedAt > counted.LandedAt ? stream : stream with { LandedAt = counted.LandedAt ?? stream.LandedAt }).With(counted.Use);
    }

    private sealed record Counted(string Stream, HourVolume Volume, DayUse Use, DateTimeOffset? LandedAt);

    private sealed class PendingPulse
    {
        private readonly Lock _lock = new();
        private List<Counted> _counted = [];

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public void Add(Counted counted)
        {
            lock (_lock)
                _counted.Add(counted);
        }

        public List<Counted> Take()
        {
            lock (_lock)
            {
                List<Counted> taken = _counted;
                _counted = [];
                return taken;
            }
        }
    }
}
