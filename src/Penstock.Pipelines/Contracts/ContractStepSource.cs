using System.Buffers;
using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Drift;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Quality;
using Penstock.Pipelines.Quality.Sets;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Contracts;

/// <summary>
/// Checks records against their stream's contract, makes values fit, applies the drift policy, and takes down what the records were
/// like. Streams without a contract have the last two all the same.
/// </summary>
/// <param name="identities">Where records have their key: versions of one record aren't duplicates.</param>
/// <param name="drifts">What is known of the streams' columns.</param>
/// <param name="quality">Takes the figures.</param>
/// <param name="sets">Takes what the blobs of a run add to its set.</param>
internal sealed class ContractStepSource(IdentitySource identities, DriftBook drifts, QualityBook quality, SetBook sets) : IRecordStepSource
{
    public StepPlace Place => StepPlace.Contract;

    public async ValueTask<IRecordStepPlan?> PlanAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default)
    {
        if (SystemPipeline.Is(pipeline.Name))
            return null;
        RecordIdentity? identity = await identities.FindAsync(pipeline, stream, cancellationToken);
        string[] key = [.. (identity?.Key ?? []).Select(path => string.Join('.', path))];
        return new Plan(stream, key, await drifts.FindAsync(pipeline.Name, stream.Name, cancellationToken), drifts, quality, sets);
    }

    private sealed class Plan(PipelineStream stream, IReadOnlyList<string> key, StreamSchema? known, DriftBook drifts, QualityBook quality, SetBook sets) : IRecordStepPlan
    {
        private volatile Known _known = new(stream, key, known);

        public IRecordStep Begin(BlobContext blob) => new Step(this, blob, new RecordPass(_known.Setup, SetBook.Takes(blob) ? blob.Name : null));

        public async ValueTask CompleteAsync(BlobContext blob, RecordPass pass, TransformEntry entry, CancellationToken cancellationToken)
        {
            var seen = SchemaSighting.Of(blob, pass, entry.At);
            if (await drifts.MergeAsync(seen, _known.Schema, cancellationToken) is { } schema && !ReferenceEquals(schema, _known.Schema))
                _known = new Known(stream, key, schema);
            await quality.PutAsync(BlobQuality.Of(blob, pass, entry), cancellationToken);
            if (SetBook.Takes(blob))
                await sets.PutAsync(blob, pass, entry, cancellationToken);
        }
    }

    private sealed class Known(PipelineStream stream, IReadOnlyList<string> key, StreamSchema? schema)
    {
        public StreamSchema? Schema => schema;

        public PassSetup Setup { get; } = new(stream.Contract, stream.Drift)
        {
            Key = key, Baseline = schema?.Columns.Keys.ToHashSet(),
            IsSensitive = path => stream.Mask?.Find(MaskPath.Split(path)) is not null, IsAboutPeople = stream.Subject is not null,
        };
    }

    private sealed class Step(Plan plan, BlobContext blob, RecordPass pass) : IRecordStep
    {
        public StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten)
        {
            if (pass.Check(record, context.IsValid) is { } violation)
                return StepResult.SetAside(violation);
            (context.IsValid, context.AreNamesOnce) = (true, pass.AreNamesOnce);
            if (!pass.Edits.Any)
                return StepResult.Passed;
            pass.Edits.Write(record, rewritten);
            return StepResult.Rewritten;
        }

        public ValueTask CompleteAsync(TransformEntry entry, CancellationToken cancellationToken) => plan.CompleteAsync(blob, pass, entry, cancellationToken);
    }
}
