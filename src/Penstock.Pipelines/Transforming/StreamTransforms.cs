using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Transforming;

/// <summary>Prepares what Transform does with streams, and keeps it as long as the pipeline's files stay the same.</summary>
/// <param name="identities">Where records have key and version.</param>
/// <param name="sources">The kinds of steps.</param>
/// <param name="time">The clock.</param>
public sealed class StreamTransforms(IdentitySource identities, IEnumerable<IRecordStepSource> sources, TimeProvider time)
{
    // Keys in the secret store change without a change of the files.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly IRecordStepSource[] _sources = [.. sources.OrderBy(source => source.Place)];
    // The catalogue gives the same object until a file changes.
    private readonly ConditionalWeakTable<PipelineStream, Prepared> _prepared = [];

    /// <summary>Gives a stream's transform; null if its connector would have to say the key and can't be opened now.</summary>
    public async ValueTask<StreamTransform?> FindAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_prepared.TryGetValue(stream, out Prepared? known) && now - known.At < Kept)
            return known.Transform;
        if (await identities.FindAsync(pipeline, stream, cancellationToken) is not { } identity)
            return null;
        var steps = new List<(StepPlace, IRecordStepPlan)>();
        foreach (IRecordStepSource source in _sources)
        {
            if (await source.PlanAsync(pipeline, stream, cancellationToken) is { } plan)
                steps.Add((source.Place, plan));
        }

        var transform = new StreamTransform(pipeline, stream, identity, steps);
        _prepared.AddOrUpdate(stream, new Prepared(now, transform));
        return transform;
    }

    private sealed record Prepared(DateTimeOffset At, StreamTransform Transform);
}
