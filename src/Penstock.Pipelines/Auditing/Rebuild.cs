using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;

namespace Penstock.Pipelines.Auditing;

/// <summary>Transforms raw once more, by the real stage, into nothing: each record is held against the curated store.</summary>
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
    public async IAsyncEnumerable<AuditFinding> CheckAsync(
        AuditedStream of, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var comparing = new ComparingCuratedStore(curated, of.Stream.Retention.Curated?.Before(of.Now));
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton(catalog).AddSingleton(opener).AddSingleton(secrets).AddSingleton(ids).AddSingleton(time)
            .AddSingleton<IBlobStore>(new ReadOnlyBlobStore(blobs))
            .AddSingleton<ICuratedStore>(comparing)
            .AddSingleton<IWorkQueue, NoQueue>()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPenstock()
            .BuildServiceProvider();
        var stage = services.GetRequiredService<TransformStage>();
        await foreach (BlobEntry blob in blobs.ListAsync(RawNames.Folder(of.Pipeline.Name, of.Stream.Name), cancellationToken))
        {
            // What isn't transformed isn't curated: it may not even be committed.
            if (await blobs.GetAsync(Ledger.TransformEntry.NameFor(blob.Name), cancellationToken) is null)
                continue;
            TransformOutcome outcome = await stage.RunAsync(new TransformMessage(of.Pipeline.Name, of.Stream.Name, blob.Name, "audit"), cancellationToken);
            if (outcome is not BlobCurated)
                yield return new AuditFinding(AuditRules.Unchecked, false, blob.Name, $"It can't be transformed now: {outcome}", $"Run 'penstock validate {of.Pipeline.Name}'.");
            of.Counts.Compared = comparing.Compared;
            foreach ((string key, string what) in comparing.TakeDifferences())
            {
                yield return new AuditFinding(
                    AuditRules.Curated, true, blob.Name, $"The record with the key {key} {what}.",
                    "Replay the stream, unless the record was erased, or the pipeline's file or contract was changed since.");
            }
        }
    }

    private sealed class NoQueue : IWorkQueue
    {
        public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay = default, CancellationToken cancellationToken = default) => default;
    }
}
