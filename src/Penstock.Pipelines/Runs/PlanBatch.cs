using Penstock.Connectors.Streams;

namespace Penstock.Pipelines.Runs;

/// <summary>
/// Some slices of a run. Written once, before any of their messages is sent: planning that is repeated after a crash finds it
/// and doesn't ask the source again, which may answer differently by then.
/// </summary>
/// <param name="First">The ordinal of the first slice in the run.</param>
/// <param name="Slices">The slices, at most <see cref="Stages.ExtractOptions.SlicesPerBatch"/>.</param>
/// <param name="Next">Where planning goes on; null if this is the last batch.</param>
public sealed record PlanBatch(int First, IReadOnlyList<StreamSlice> Slices, PlanPosition? Next)
{
    /// <summary>What was read of parents whose cursors move when the run is complete; null for nothing.</summary>
    public IReadOnlyList<ParentRead>? Parents { get; init; }
}
