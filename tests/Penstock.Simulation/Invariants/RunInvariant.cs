using System.Globalization;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Simulation.Scenarios;

namespace Penstock.Simulation.Invariants;

/// <summary>At each write of a run: it is planned without gaps, one incremental run goes on at a time, and none ends before its slices.</summary>
public sealed class RunInvariant(World world, InvariantSet set) : Invariant(world, "6 nothing ends silently")
{
    private readonly Dictionary<string, Run> _runs = [];
    private readonly Dictionary<string, PlanBatch> _batches = [];

    /// <summary>All runs by the names of their documents.</summary>
    public IReadOnlyDictionary<string, Run> Runs => _runs;

    /// <summary>A batch of a run's slices; null if it isn't written.</summary>
    public PlanBatch? Batch(Run run, int number) => _batches.GetValueOrDefault(RunNames.Batch(run, number));

    public override async ValueTask WrittenAsync(string name)
    {
        if (name.EndsWith("/stream.json", StringComparison.Ordinal))
            CheckStream(name, (await set.Documents.FindAsync<StreamDocument>(name))!.Value);
        if (name.Contains("/plan-", StringComparison.Ordinal))
            Check(_batches.TryAdd(name, (await set.Documents.FindAsync<PlanBatch>(name))!.Value), $"{name} was written twice");
        if (!name.EndsWith("/run.json", StringComparison.Ordinal))
            return;
        Run run = (await set.Documents.FindAsync<Run>(name))!.Value;
        Run? before = _runs.GetValueOrDefault(name);
        _runs[name] = run;
        Check(before is null || !before.HasEnded || (before.Status, before.EndedAt, before.Error) == (run.Status, run.EndedAt, run.Error), $"{name} had ended ({before?.Status}) and changed to {run.Status}");
        Check(before is null || run.Batches >= before.Batches, $"{name} lost a batch");
        int open = _runs.Values.Count(one => one.Kind == RunKind.Incremental && !one.HasEnded && one.Stream == run.Stream);
        Check(open <= 1, $"{open} incremental runs of {run.Stream} go on at once");
        CheckPlan(name, run);
        if (run.Status is RunStatus.Completed or RunStatus.Failed)
            CheckEnd(name, run);
        Check(run.Status != RunStatus.Cancelled || World.Scenario.Cancels, $"{name} was cancelled by nobody");
    }

    private void CheckStream(string name, StreamDocument stream) => Check(
        stream.FreshUntil is not { } fresh || _runs.Values.Any(run => run.Kind == RunKind.Incremental && run.Status == RunStatus.Completed && run.CreatedAt == fresh),
        $"{name} says that everything until {stream.FreshUntil:O} is landed, and no run of that time is completed");

    private void CheckPlan(string name, Run run)
    {
        int slices = 0;
        StreamSlice? last = null;
        var begins = new Dictionary<string, string?>();
        bool mayBeginAnew = World.Scenario is ChangedParents || World.Expectations.CursorsSetBack;
        var ended = new HashSet<int>(run.BatchesEnded);
        Check(ended.Count == run.BatchesEnded.Count, $"{name} says twice that a batch has ended");
        for (int number = 0; number < run.Batches; number++)
        {
            PlanBatch? batch = Batch(run, number);
            if (!Check(batch is not null && batch.First == slices, $"{name}: batch {number} is missing or begins elsewhere than at slice {slices}"))
                return;
            foreach (StreamSlice slice in batch!.Slices)
            {
                // A parent that changes while parents are listed is listed twice, and a cursor may be set back: then windows begin anew.
                bool isAnew = last?.Partition != slice.Partition || (mayBeginAnew && slice.Window is { } window && Number(window.Start) <= Number(begins[slice.Partition]!));
                Check(isAnew || slice.Window is null || IsNext(last!.Window!.End, slice.Window.Start), $"{name}: the windows of {slice.Partition} have a gap before {slice.Window?.Start}");
                Check(begins.TryAdd(slice.Partition, slice.Window?.Start) || !isAnew || mayBeginAnew, $"{name}: {slice.Partition} is planned twice");
                last = slice;
            }

            slices += batch.Slices.Count;
            bool isLast = number == run.Batches - 1;
            Check(isLast || batch.Next is not null, $"{name}: batch {number} says it is the last");
            Check(!isLast || run.Status is not (RunStatus.Running or RunStatus.Completed) || batch.Next is null, $"{name} is {run.Status} and its plan goes on");
            Check(!ended.Contains(number) || HaveEnded(run, batch), $"{name}: batch {number} has ended and a slice of it is open");
        }

        Check(slices == run.Slices, $"{name} says {run.Slices} slices and has {slices}");
    }

    // Windows are half open, or end a second before the next one.
    private static bool IsNext(string end, string start) => end == start || Number(start) == Number(end) + 1;

    private static long Number(string time) => long.Parse(time, CultureInfo.InvariantCulture);

    private bool HaveEnded(Run run, PlanBatch batch) => Enumerable.Range(batch.First, batch.Slices.Count).All(ordinal => Slice(run, ordinal)?.Status is SliceStatus.Landed or SliceStatus.Failed);

    private void CheckEnd(string name, Run run)
    {
        var statuses = Enumerable.Range(0, run.Slices).Select(ordinal => Slice(run, ordinal)?.Status ?? SliceStatus.Open).ToList();
        bool isFailed = statuses.Contains(SliceStatus.Failed);
        if (run.Status == RunStatus.Completed)
            Check(statuses.TrueForAll(status => status == SliceStatus.Landed), $"{name} is completed; its slices are {string.Join(", ", statuses)}");
        else
            Check(isFailed || run.PlanFailures + 1 >= (World.Scenario is ChangedParents ? ExtractOptions.TriesOfUnexpected : World.Scenario.Extract.MaxFailures), $"{name} failed, and neither a slice nor the planning did: {run.Error}");
    }

    private SliceDocument? Slice(Run run, int ordinal) => set.Slices.Slices.GetValueOrDefault(RunNames.Slice(run.Pipeline, run.Stream, run.Id, ordinal));
}
