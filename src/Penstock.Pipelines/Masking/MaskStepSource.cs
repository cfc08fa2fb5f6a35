using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Masking;

/// <summary>Masks the records of the streams that have a mask.</summary>
/// <param name="keys">The masking keys.</param>
/// <param name="identities">Whether records have a key.</param>
internal sealed class MaskStepSource(MaskKeySource keys, IdentitySource identities) : IRecordStepSource
{
    public StepPlace Place => StepPlace.Mask;

    public async ValueTask<IRecordStepPlan?> PlanAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default) =>
        stream.Mask is { } mask && await identities.FindAsync(pipeline, stream, cancellationToken) is { } identity ? new MaskPlan(mask, identity, keys) : null;

    private sealed class MaskPlan(StreamMask mask, RecordIdentity identity, MaskKeySource keys) : IRecordStepPlan
    {
        // Records without a key are told apart by a digest of what they were, which only the key keeps from being guessed.
        private readonly bool _isKeyless = identity.Key.Count == 0;

        public async ValueTask<IRecordStep> BeginAsync(BlobContext blob, CancellationToken cancellationToken = default)
        {
            // The connector's own key is only known once it is open: loading the files couldn't refuse it.
            if (mask.ConflictWith(identity.Key, identity.Version) is { } conflict)
                return new StepUnavailable($"{blob.Pipeline.File}:{conflict.Mask.Line}: {conflict.Message} {conflict.Fix}");
            if (!mask.NeedsKey && !_isKeyless)
                return new MaskStep(mask, null, isKeyless: false);
            return await keys.FindAsync(mask.Keys, blob.TakenAt, cancellationToken) switch
            {
                MaskKeyFound found => new MaskStep(mask, found.Key, _isKeyless),
                MaskKeyMissing missing => new StepUnavailable(missing.Reason),
                _ => throw new InvalidOperationException("The masking key is neither there nor missing."),
            };
        }
    }
}
