using System.Globalization;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;
using Penstock.Simulation.Scenarios;
using Penstock.Simulation.Sources;

namespace Penstock.Simulation.Invariants;

/// <summary>At each move of a cursor: all that the source showed before its run began, up to the cursor, is landed.</summary>
public sealed class CursorInvariant(World world, InvariantSet set) : Invariant(world, "1 a checkpoint never gets ahead of landed data")
{
    private readonly Dictionary<string, long> _cursors = [];
    private readonly Dictionary<string, IEnumerable<string>> _partitions = [];

    public override async ValueTask WrittenAsync(string name)
    {
        if (name.EndsWith("/run.json", StringComparison.Ordinal))
            CheckEnd(set.Runs.Runs[name]);
        if (!name.StartsWith("state/cursors/", StringComparison.Ordinal))
            return;
        CursorShard shard = (await set.Documents.FindAsync<CursorShard>(name))!.Value;
        string stream = name.Split('/')[3];
        bool maySetBack = World.Expectations.CursorsSetBack;
        foreach (string lost in _partitions.GetValueOrDefault(name, []).Except(shard.Partitions.Keys))
            Check(maySetBack, $"the cursor of {lost} is lost");
        _partitions[name] = shard.Partitions.Keys;
        foreach ((string partition, string state) in shard.Partitions)
        {
            long cursor = Number(SourceStream.StateOf(state)!);
            string key = stream == World.Scenario.PulledStream ? partition : $"{stream} {partition}";
            bool hasMoved = !_cursors.TryGetValue(key, out long before) || before != cursor;
            Check(cursor >= before || maySetBack, $"the cursor of {key} went back from {before} to {cursor}");
            _cursors[key] = cursor;
            if (hasMoved && stream.Contains("~2f", StringComparison.Ordinal))
                CheckParents(cursor);
            else if (hasMoved && cursor > before)
                await CheckAsync(stream, partition, cursor);
        }
    }

    // A run that has read all it could has moved each partition's cursor as far as its windows are landed without a gap.
    private void CheckEnd(Run run)
    {
        if (run.Kind != RunKind.Incremental || run.Status is not (RunStatus.Completed or RunStatus.Failed))
            return;
        var reached = new Dictionary<string, string?>();
        var broken = new HashSet<string>();
        PlanBatch? last = null;
        for (int number = 0; number < run.Batches; number++)
        {
            PlanBatch batch = last = set.Runs.Batch(run, number)!;
            for (int i = 0; i < batch.Slices.Count; i++)
            {
                string partition = batch.Slices[i].Partition;
                SliceDocument? slice = set.Slices.Slices.GetValueOrDefault(RunNames.Slice(run.Pipeline, run.Stream, run.Id, batch.First + i));
                if (slice?.Status != SliceStatus.Landed)
                    broken.Add(partition);
                else if (!broken.Contains(partition) && slice.GreatestCursor is { } greatest)
                    reached[partition] = greatest;
            }
        }

        // It couldn't be planned to its end: the next one reads all of it again.
        if (last?.Next is not null || World.Expectations.CursorsSetBack)
            return;
        if (run.Status == RunStatus.Completed && World.Scenario is ChangedParents)
            CheckParentsMoved(run);
        foreach ((string partition, string? greatest) in reached)
            Check(_cursors.GetValueOrDefault(partition) >= Number(greatest!), $"{run.Id} is {run.Status} and has landed {partition} up to {greatest}; the cursor is at {_cursors.GetValueOrDefault(partition)}");
    }

    // What had changed before a run began, and not since, has been listed and read.
    private void CheckParentsMoved(Run run)
    {
        long began = run.CreatedAt.ToUnixTimeSeconds() - Scenario.MostSkew - 1;
        long changed = Changes().Where(change => change < began).DefaultIfEmpty(0).Max();
        long cursor = _cursors.Where(one => one.Key.Contains("~2f", StringComparison.Ordinal)).Select(one => one.Value).DefaultIfEmpty(0).Max();
        Check(cursor >= changed, $"{run.Id} is completed, the parents have changed at {changed}, and their cursor is at {cursor}");
    }

    private IEnumerable<long> Changes() => World.Source.Current.GroupBy(record => record.Partition).Select(parent => parent.Max(record => record.VisibleAt.ToUnixTimeSeconds()));

    // Parents that haven't changed since the cursor aren't listed any more: all of their children are landed.
    private void CheckParents(long cursor)
    {
        foreach (var parent in World.Source.Current.GroupBy(record => record.Partition).Where(parent => parent.Max(record => record.VisibleAt.ToUnixTimeSeconds()) < cursor))
        {
            foreach (SourceRecord record in parent)
                Check(set.Slices.LandedUids.Contains(record.Uid), $"the cursor of the parents is at {cursor}; {parent.Key} hasn't changed since, and its {record.Uid} isn't landed");
        }
    }

    private static long Number(string cursor) => long.Parse(cursor.Trim('"'), CultureInfo.InvariantCulture);

    private async ValueTask CheckAsync(string stream, string partition, long cursor)
    {
        string pipeline = World.Scenario.Pipeline.Name;
        string? active = (await set.Documents.FindAsync<StreamDocument>(RunNames.Stream(pipeline, stream)))?.Value.ActiveRun;
        Run? run = null;
        await foreach (Run one in new RunLedger(set.Documents, World.Blobs).ListAsync(pipeline, stream))
        {
            // A run may be cancelled while it ends: all that it should read is landed by then.
            if (one.Kind == RunKind.Incremental && one.BatchesEnded.Count == one.Batches && (one.Id == active || one.Status == RunStatus.Cancelled))
                run = one;
        }

        // Of two operators who set it back, the later one may set it back by less.
        if (run is null && World.Expectations.CursorsSetBack)
            return;
        if (!Check(run is not null, $"the cursor of {partition} moved to {cursor}, and the incremental run {active} isn't at its end"))
            return;
        // Records that appear or change while the run reads are the next one's, which looks back.
        DateTimeOffset began = run!.CreatedAt - TimeSpan.FromSeconds(Scenario.MostSkew + 1);
        foreach (SourceRecord record in World.Source.Current)
        {
            Check(
                record.Partition != partition || record.Updated > cursor || record.VisibleAt > began || set.Slices.LandedUids.Contains(record.Uid),
                $"the cursor of {partition} is at {cursor}, and {record.Uid} of {record.Updated} isn't landed");
        }

        long greatest = set.Slices.LandedUids.Select(uid => World.Source.Versions[uid].Updated).Append(World.Scenario.Start.AddHours(-1).ToUnixTimeSeconds()).Max();
        Check(cursor <= greatest, $"the cursor of {partition} is at {cursor}, and the greatest that is landed is {greatest}");
    }
}
