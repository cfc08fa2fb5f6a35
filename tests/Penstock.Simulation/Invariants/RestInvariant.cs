using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Simulation.Sources;

namespace Penstock.Simulation.Invariants;

/// <summary>When all is quiet, nothing is half done: no open run, no outbox, no lease, no dead letter but those nobody can process.</summary>
public sealed class RestInvariant(World world, InvariantSet set) : Invariant(world, "6 nothing ends silently")
{
    public override async ValueTask AtEndAsync()
    {
        foreach ((string name, SliceDocument slice) in set.Slices.Slices)
        {
            Check(slice.Outbox.All(set.Slices.IsSent), $"{name} has {slice.Outbox.Count} transforms that aren't sent");
            Check(slice.Outbox.Count == 0 || World.Scenario.Cancels, $"{name} has {slice.Outbox.Count} transforms in its outbox");
            Check(slice.Status == SliceStatus.Open || slice.Lease is null, $"{name} has ended and is held by {slice.Lease?.Owner}");
        }

        var ledger = new RunLedger(set.Documents, World.Blobs);
        Run? last = null;
        await foreach (Run run in ledger.ListAsync(World.Scenario.Pipeline.Name))
        {
            Check(run.HasEnded && run.EndedAt is not null, $"the run {run.Id} is {run.Status}");
            await CheckCountsAsync(ledger, run);
            last = run.Kind == RunKind.Incremental ? run : last;
        }

        foreach (var key in World.Expectations.Backfills.GroupBy(one => one.Wish.IdempotencyKey))
        {
            Check(key.Select(one => one.Run).Distinct().Count() == 1, $"the key {key.Key} began {key.Count()} backfills");
            if (set.Slices.Slices.Where(one => one.Key.Contains($"/{key.First().Run}/", StringComparison.Ordinal)).All(one => one.Value.Status == SliceStatus.Landed))
                CheckBackfill(key.First().Wish, key.First().Run);
        }

        foreach (RunReference cancelled in World.Expectations.Cancelled)
        {
            Run run = (await set.Documents.FindAsync<Run>(RunNames.Run(cancelled.Pipeline, cancelled.Stream, cancelled.Run)))!.Value;
            Check(run.HasEnded, $"{run.Id} was cancelled and is {run.Status}");
        }

        HashSet<string> noise = [.. set.Raw.Blobs.Values.SelectMany(raw => raw.Lines).Select(line => line.Noise).OfType<string>()];
        Check(noise.SetEquals(World.Expectations.Noise), $"{World.Expectations.Noise.Count} payloads weren't JSON, {noise.Count} are landed");
        if (World.Scenario.PulledStream is { } pulled)
        {
            StreamDocument? stream = await ledger.FindStreamAsync(World.Scenario.Pipeline.Name, pulled);
            Check(
                stream is { ActiveRun: null, LastStatus: RunStatus.Completed } && stream.FreshUntil == last!.CreatedAt,
                $"the last run is {last?.Id} ({last?.Status}) of {last?.CreatedAt:O}; its stream says {stream}");
        }

        int letters = 0;
        await foreach (DeadLetter letter in ledger.ListDeadLettersAsync())
        {
            letters++;
            Check(set.IsPoison(Convert.FromBase64String(letter.Body)) && letter.Reason.Length > 0, $"a dead letter in {letter.Queue} is none: {letter.Reason}");
        }

        Check(letters == set.Poisons, $"{set.Poisons} messages can't be processed, {letters} are dead letters");
        foreach (string queue in QueueNames.All)
            Check(await World.Mail.Queue.CountAsync(queue) == 0, $"there are messages in {queue}");
    }

    private void CheckBackfill(StartBackfill wish, string run)
    {
        // What the source showed in the window before the backfill was asked for is landed by its own run.
        List<RawLine> lines = [.. set.Slices.Slices
            .Where(one => one.Key.Contains($"/{run}/", StringComparison.Ordinal))
            .SelectMany(one => one.Value.Blobs).SelectMany(blob => set.Raw.Blobs[blob.Name].Lines)];
        HashSet<string> landed = [.. lines.Select(line => line.Uid!)];
        foreach (RawLine line in lines)
            Check(line.Updated >= wish.From.ToUnixTimeSeconds() && line.Updated < wish.To.ToUnixTimeSeconds(), $"{line.Uid} of {line.Updated} isn't in the backfill's window, and its run has landed it");
        foreach (SourceRecord record in World.Source.Current)
        {
            bool isIn = record.Updated >= wish.From.ToUnixTimeSeconds() && record.Updated < wish.To.ToUnixTimeSeconds() && record.VisibleAt <= World.Scenario.Start;
            Check(!isIn || landed.Contains(record.Uid), $"{record.Uid} is in the backfill's window, and its run hasn't landed it");
        }
    }

    private async ValueTask CheckCountsAsync(RunLedger ledger, Run run)
    {
        RunCounts counts = await ledger.CountAsync(run);
        List<SliceDocument> slices = [.. set.Slices.Slices.Where(one => one.Key.StartsWith(RunNames.Folder(run.Pipeline, run.Stream, run.Id), StringComparison.Ordinal)).Select(one => one.Value)];
        List<RawLine> lines = [.. slices.SelectMany(slice => slice.Blobs).SelectMany(blob => set.Raw.Blobs[blob.Name].Lines)];
        int good = lines.Count(line => line.IsGood);
        Check(
            counts.IsCurated && counts.Landed == lines.Count && counts.Curated == good && counts.Quarantined == lines.Count - good
                && counts.Blobs == slices.Sum(slice => slice.Blobs.Count) && counts.SlicesBegun == slices.Count,
            $"the run {run.Id} has {good} good of {lines.Count} records; the ledger says {counts}");
    }
}
