using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Transforming;

namespace Penstock.Pipelines.Auditing;

/// <summary>
/// Transforms raw once more, by the real stage, into nothing: each record is held against the curated store, and claims its row
/// there. Rows that were there before and that nothing claims came of no raw.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="opener">Opens streams.</param>
/// <param name="blobs">Raw blobs.</param>
/// <param name="curated">The curated store.</param>
/// <param name="secrets">Keys of masks.</param>
/// <param name="ids">Ids.</param>
/// <param name="time">The clock.</param>
internal sealed class Rebuild(
    IPipelineCatalog catalog, IStreamOpener opener, IBlobStore blobs, ICuratedStore curated, ISecretStore secrets, IIdSource ids, TimeProvider time)
{
    public async IAsyncEnumerable<AuditFinding> CheckAsync(AuditedStream of, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var comparing = new ComparingCuratedStore(curated, of.Stream.Retention.Curated?.Before(of.Now)) { IsComparing = true };
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton(catalog).AddSingleton(opener).AddSingleton(secrets).AddSingleton(ids).AddSingleton(time)
            .AddSingleton<IBlobStore>(new ReadOnlyBlobStore(blobs))
            .AddSingleton<ICuratedStore>(comparing)
            .AddSingleton<IWorkQueue, NoQueue>()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPenstock()
            .BuildServiceProvider();
        var stage = services.GetRequiredService<TransformStage>();
        await using IAsyncEnumerator<(CuratedTable, CuratedRecord)> rows = RowsAsync(of, cancellationToken).GetAsyncEnumerator(cancellationToken);
        // Of records that aren't curated the deletion may come anywhere in raw: it is looked through once more for them.
        for (bool isLast = false, isWhole = true; !isLast; comparing.IsComparing = false)
        {
            // Before raw is listed: what is curated meanwhile isn't asked for.
            await comparing.Unclaimed.FillAsync(rows);
            isLast = !comparing.Unclaimed.IsFull;
            await foreach (AuditFinding finding in CompareAsync(of, stage, comparing, cancellationToken))
            {
                isWhole &= finding.Rule == AuditRules.Curated;
                if (comparing.IsComparing)
                    yield return finding;
            }

            isLast &= !comparing.IsComparing || comparing.Missing.IsEmpty;
            await foreach (AuditFinding finding in UnclaimedAsync(of, comparing.Unclaimed, isWhole, cancellationToken))
                yield return finding;
        }

        foreach (AuditFinding finding in comparing.Missing.Findings(of))
            yield return finding;
    }

    private async IAsyncEnumerable<AuditFinding> CompareAsync(
        AuditedStream of, TransformStage stage, ComparingCuratedStore comparing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool isComparing = comparing.IsComparing;
        await foreach (BlobEntry blob in blobs.ListAsync(RawNames.Folder(of.Pipeline.Name, of.Stream.Name), cancellationToken))
        {
            // What isn't transformed needn't be curated: it may not even be committed. But its entry may be gone, or not be written yet.
            bool isTransformed = await blobs.GetAsync(Ledger.TransformEntry.NameFor(blob.Name), cancellationToken) is not null;
            comparing.IsComparing = isComparing && isTransformed;
            comparing.Blob = blob.Name;
            if (await ProblemAsync(of, stage, blob.Name, isTransformed, cancellationToken) is { } problem)
                yield return problem;
            of.Counts.Compared = comparing.Compared;
            foreach ((string key, string what) in comparing.TakeDifferences())
            {
                yield return Difference(blob.Name, key, what);
            }
        }

        comparing.IsComparing = isComparing;
    }

    /// <summary>A record that isn't curated as raw gives it.</summary>
    public static AuditFinding Difference(string blob, string key, string what) => new(
        AuditRules.Curated, true, blob, $"The record with the key {key} {what}.", "Replay the stream, unless the record was erased, or the pipeline's file or contract was changed since.");

    // What nobody has committed may be anything.
    private static async ValueTask<AuditFinding?> ProblemAsync(AuditedStream of, TransformStage stage, string blob, bool isTransformed, CancellationToken cancellationToken)
    {
        try
        {
            TransformOutcome outcome = await stage.RunAsync(new TransformMessage(of.Pipeline.Name, of.Stream.Name, blob, "audit"), cancellationToken);
            return outcome is BlobCurated ? null : new AuditFinding(AuditRules.Unchecked, false, blob, $"It can't be transformed now: {outcome}", $"Run 'penstock validate {of.Pipeline.Name}'.");
        }
        catch (InvalidDataException damaged)
        {
            return !isTransformed ? null : new AuditFinding(
                AuditRules.RawMissing, true, blob, $"It can't be read: {damaged.Message}", "Raw blobs never change: restore its first version, or backfill the slice's window.");
        }
    }

    // Of a row only a hash is known: the table is read once more for those that are left, and says whether they are still there.
    private async IAsyncEnumerable<AuditFinding> UnclaimedAsync(
        AuditedStream of, UnclaimedRows unclaimed, bool isWhole, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long unknown = 0;
        await foreach ((CuratedTable table, CuratedRecord row) in unclaimed.IsEmpty ? AsyncEnumerable.Empty<(CuratedTable, CuratedRecord)>() : RowsAsync(of, cancellationToken))
        {
            if (!unclaimed.Claim(table, row))
                continue;
            DateTimeOffset takenAt = CuratedVersion.TakenAt(row.Version);
            if (!isWhole || (takenAt > DateTimeOffset.MinValue && takenAt < of.Stream.Retention.Raw?.Before(of.Now)))
                unknown++;
            else
                yield return new AuditFinding(
                    AuditRules.Curated, true, $"{table.Pipeline}/{table.Stream}", $"The record with the key {row.Key} is curated in the version {row.Version}, and no raw blob gives it.",
                    "If raw was deleted, restore it. If something else than Penstock wrote the record, delete it from the curated store. If the pipeline's file or contract was changed since, replay the stream.");
        }

        if (unknown > 0)
        {
            yield return new AuditFinding(
                AuditRules.Unchecked, false, of.Name, $"{unknown:N0} curated rows are of raw that {(isWhole ? "the stream keeps no longer" : "can't be transformed now")}: nothing tells whether they are right.",
                isWhole ? "Nothing: raw is kept for as long as 'retention' says." : $"Run 'penstock validate {of.Pipeline.Name}'.");
        }
    }

    private async IAsyncEnumerable<(CuratedTable Table, CuratedRecord Row)> RowsAsync(AuditedStream of, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (CuratedTable table in CuratedTables.Of(of.Pipeline, of.Stream))
        {
            await foreach (CuratedRecord row in curated.ReadAsync(table, cancellationToken))
                yield return (table, row);
        }
    }

    private sealed class NoQueue : IWorkQueue
    {
        public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay = default, CancellationToken cancellationToken = default) => default;
    }
}
