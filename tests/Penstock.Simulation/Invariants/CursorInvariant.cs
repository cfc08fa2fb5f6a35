using System.Globalization;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Runs;
using Penstock.Simulation.Scenarios;
using Penstock.Simulation.Sources;

namespace Penstock.Simulation.Invariants;

/// <summary>At each move of a cursor: all that the source showed before its run began, up to the cursor, is landed.</summary>
public sealed class CursorInvariant(World world, InvariantSet set) : Invariant(world, "1 a checkpoint never gets ahead of landed data")
{
    private readonly Dictionary<string, long> _cursors = [];

    public override async ValueTask WrittenAsync(string name)
    {
        if (!name.StartsWith("state/cursors/", StringComparison.Ordinal))
            return;
        CursorShard shard = (await set.Documents.FindAsync<CursorShard>(name))!.Value;
        string stream = name.Split('/')[3];
        foreach ((string partition, string state) in shard.Partitions)
        {
            long cursor = long.Parse(SourceStream.StateOf(state)!.Trim('"'), CultureInfo.InvariantCulture);
            bool hasMoved = !_cursors.TryGetValue(partition, out long before) || before != cursor;
            Check(cursor >= before, $"the cursor of {partition} went back from {before} to {cursor}");
            _cursors[partition] = cursor;
            if (hasMoved)
                await CheckAsync(stream, partition, cursor);
        }
    }

    private async ValueTask CheckAsync(string stream, string partition, long cursor)
    {
        StreamDocument? document = (await set.Documents.FindAsync<StreamDocument>(RunNames.Stream(World.Scenario.Pipeline.Name, stream)))?.Value;
        if (!Check(document?.ActiveRun is not null, $"the cursor of {partition} moved to {cursor} while no incremental run goes on"))
            return;
        Run? run = (await set.Documents.FindAsync<Run>(RunNames.Run(World.Scenario.Pipeline.Name, stream, document!.ActiveRun!)))?.Value;
        if (!Check(run is { IsExhausted: true, Kind: RunKind.Incremental }, $"the cursor of {partition} moved to {cursor}, and the run {run?.Id} isn't at its end"))
            return;
        // Records that appear or change while the run reads are the next one's, which looks back.
        DateTimeOffset began = run!.CreatedAt - TimeSpan.FromSeconds(Scenario.MostSkew + 1);
        foreach (SourceRecord record in World.Source.Current)
        {
            Check(
                record.Partition != partition || record.Updated > cursor || record.VisibleAt > began || set.Slices.LandedUids.Contains(record.Uid),
                $"the cursor of {partition} is at {cursor}, and {record.Uid} of {record.Updated} isn't landed");
        }

        long greatest = set.Slices.LandedUids.Max(uid => World.Source.Versions[uid].Updated);
        Check(cursor <= greatest, $"the cursor of {partition} is at {cursor}, and the greatest that is landed is {greatest}");
    }
}
