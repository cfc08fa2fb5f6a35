using System.Buffers;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Masking;

namespace Penstock.Pipelines.Subjects;

/// <summary>
/// What records pass before they are landed: those of erased subjects aren't, and what a stream wants encrypted in raw is. Streams
/// that say nothing of subjects pass as they are.
/// </summary>
/// <param name="register">Who was erased.</param>
/// <param name="keys">The key that hides names.</param>
/// <param name="keyring">The data keys of subjects.</param>
public sealed class LandingGate(ErasureRegister register, SubjectKeySource keys, SubjectKeyring keyring)
{
    private const int KeysAtOnce = 16;

    /// <summary>Gives the records as they are to be landed, as many as came.</summary>
    /// <param name="stream">Their stream; null if its pipeline is broken: what is landed then is checked when it is transformed.</param>
    /// <param name="records">JSON objects in UTF-8.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<LandingOutcome> PassAsync(
        PipelineStream? stream, IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken = default)
    {
        if (stream?.Subject is not { } subject)
            return new RecordsPass(records);
        ErasedSubjects erased = await register.ReadAsync(cancellationToken);
        if (erased.IsEmpty && stream.RawEncryption is null)
            return new RecordsPass(records);
        (SubjectKey? key, string reason) = await keys.FindAsync(cancellationToken);
        if (key is null)
            return new RecordsWait(reason);

        using var check = new ErasureCheck(subject, stream.Version, erased, key);
        var landed = new ReadOnlyMemory<byte>[records.Count];
        var owners = new SubjectId?[records.Count];
        for (int i = 0; i < landed.Length; i++)
        {
            bool isErased = check.IsErased(records[i].Span);
            landed[i] = isErased ? ErasedLine.Of(ErasedLine.AtLanding) : records[i];
            owners[i] = isErased ? null : check.Subjects.Count > 0 ? check.Subjects[0] : Nobody;
        }

        if (stream.RawEncryption is { } encryption)
        {
            try
            {
                await SealAsync(encryption, landed, owners, cancellationToken);
            }
            catch (RawKeyMissingException e)
            {
                return new RecordsWait(e.Message);
            }
        }

        return new RecordsPass(landed);
    }

    // Whose name a record doesn't say: its values are encrypted all the same.
    private static SubjectId Nobody { get; } = new(0);

    private async ValueTask SealAsync(
        RawEncryption encryption, ReadOnlyMemory<byte>[] records, SubjectId?[] owners, CancellationToken cancellationToken)
    {
        var found = new System.Collections.Concurrent.ConcurrentDictionary<SubjectId, byte[]>();
        await Parallel.ForEachAsync(
            owners.OfType<SubjectId>().Distinct(), new ParallelOptions { MaxDegreeOfParallelism = KeysAtOnce, CancellationToken = cancellationToken },
            async (owner, token) => found[owner] = await keyring.GetOrMakeAsync(owner, encryption.Secret, token));
        MaskNode paths = MaskNode.Of([.. encryption.Paths.Select(path => new PathMask(path, new RedactValue()))]);
        for (int i = 0; i < records.Length; i++)
        {
            if (owners[i] is not { } owner)
                continue;
            var output = new ArrayBufferWriter<byte>(records[i].Length + 256);
            RawSeal.Seal(records[i].Span, paths, owner, found[owner], output);
            records[i] = output.WrittenMemory;
        }
    }
}

/// <summary>What becomes of records before they are landed.</summary>
public abstract record LandingOutcome
{
    private protected LandingOutcome() { }
}

/// <summary>They are landed like this.</summary>
/// <param name="Records">As many as came.</param>
public sealed record RecordsPass(IReadOnlyList<ReadOnlyMemory<byte>> Records) : LandingOutcome;

/// <summary>They can't be landed now: a key is missing, and they may not lie there unencrypted or unchecked.</summary>
/// <param name="Reason">Which, and what to do.</param>
public sealed record RecordsWait(string Reason) : LandingOutcome;
