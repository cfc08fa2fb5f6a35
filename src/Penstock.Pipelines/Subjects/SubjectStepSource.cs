using System.Collections.Concurrent;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Subjects;

/// <summary>Opens what is encrypted in raw, and leaves out the records of erased subjects.</summary>
/// <param name="register">Who was erased.</param>
/// <param name="keys">The key that hides names.</param>
/// <param name="keyring">The data keys of subjects.</param>
/// <param name="blobs">Raw.</param>
internal sealed class SubjectStepSource(ErasureRegister register, SubjectKeySource keys, SubjectKeyring keyring, IBlobStore blobs) : IRecordStepSource
{
    private const int KeysAtOnce = 16;

    public StepPlace Place => StepPlace.Raw;

    public ValueTask<IRecordStepPlan?> PlanAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IRecordStepPlan?>(new Plan(this, stream));

    /// <summary>The data keys that a raw blob needs, by subject; null for one that was destroyed.</summary>
    /// <exception cref="RawKeyMissingException">The secret that wraps them isn't there.</exception>
    public async ValueTask<IReadOnlyDictionary<SubjectId, byte[]?>> KeysOfAsync(string rawBlob, CancellationToken cancellationToken)
    {
        var subjects = new HashSet<SubjectId>();
        if (await blobs.OpenAsync(rawBlob, cancellationToken) is { } content)
        {
            await using var lines = new RawLines(content);
            while (await lines.FillAsync(cancellationToken))
            {
                while (lines.TryRead(out ReadOnlyMemory<byte> line))
                {
                    if (RawSeal.IsIn(line.Span))
                        subjects.UnionWith(RawSeal.SubjectsOf(line.Span));
                }
            }
        }

        var found = new ConcurrentDictionary<SubjectId, byte[]?>();
        await Parallel.ForEachAsync(
            subjects, new ParallelOptions { MaxDegreeOfParallelism = KeysAtOnce, CancellationToken = cancellationToken },
            async (subject, token) => found[subject] = await keyring.FindAsync(subject, token));
        return found;
    }

    private sealed class Plan(SubjectStepSource source, PipelineStream stream) : IRecordStepPlan
    {
        public async ValueTask<IRecordStep> BeginAsync(BlobContext blob, CancellationToken cancellationToken = default)
        {
            if (stream.Subject is not { } subject)
                return new SubjectStep(null, null, ErasedSubjects.None);
            ErasedSubjects erased = await source.Register.ReadAsync(cancellationToken);
            ErasureCheck? check = null;
            if (!erased.IsEmpty)
            {
                (SubjectKey? key, string reason) = await source.Keys.FindAsync(cancellationToken);
                if (key is null)
                    return new StepUnavailable(reason);
                check = new ErasureCheck(subject, stream.Version, erased, key);
            }

            try
            {
                return new SubjectStep(check, stream.RawEncryption is null ? null : await source.KeysOfAsync(blob.Name, cancellationToken), erased);
            }
            catch (RawKeyMissingException e)
            {
                check?.Dispose();
                return new StepUnavailable(e.Message);
            }
        }
    }

    private ErasureRegister Register => register;

    private SubjectKeySource Keys => keys;
}
