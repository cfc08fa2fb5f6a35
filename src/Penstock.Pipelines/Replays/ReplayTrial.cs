using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;

namespace Penstock.Pipelines.Replays;

/// <summary>
/// Tells what a replay would do before it is begun: the real Transform works on a sample of the blobs, on stores that read what
/// there is and write nothing.
/// </summary>
/// <param name="raw">Finds raw blobs.</param>
/// <param name="documents">What became of them before.</param>
/// <param name="host">The host's ports.</param>
/// <param name="time">The clock.</param>
public sealed class ReplayTrial(RawBlobs raw, DocumentStore documents, IServiceProvider host, TimeProvider time)
{
    /// <summary>The most blobs that a trial transforms.</summary>
    public const int MaxSample = 500;

    private const int MostBlobs = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Tries.</summary>
    /// <param name="what">Which raw blobs.</param>
    /// <param name="sample">How many of them to transform at most, spread evenly over all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ReplayOutlook> TryAsync(ReplayFilter what, int sample, CancellationToken cancellationToken = default)
    {
        var found = new List<ReplayBlob>();
        bool isExact = true;
        await foreach ((_, ReplayBlob? blob) in raw.FindAsync(what, null, cancellationToken))
        {
            if (blob is not null)
                found.Add(blob);
            if (found.Count == MostBlobs)
            {
                isExact = false;
                break;
            }
        }

        DateTimeOffset begun = time.GetUtcNow();
        var blobs = new DryRunBlobStore(host.GetRequiredService<IBlobStore>());
        var curated = new DryRunCuratedStore(host.GetRequiredService<ICuratedStore>());
        await using ServiceProvider trial = Stages(blobs, curated);
        TransformStage transform = trial.GetRequiredService<TransformStage>();
        var outlook = new ReplayOutlook(found.Count, isExact, 0, ReplayCounts.None, ReplayCounts.None, RecordDiff.None, null);
        int count = Math.Min(sample, found.Count);
        for (int i = 0; i < count && time.GetUtcNow() - begun < Patience; i++)
        {
            ReplayBlob blob = found[(int)((long)i * found.Count / count)];
            TransformOutcome outcome = await transform.RunAsync(new TransformMessage(what.Pipeline, blob.Stream, blob.Name, "trial"), cancellationToken);
            blobs.Clear();
            if (outcome is not BlobCurated { Entry: var after })
                return outlook with { Records = curated.Diff, Note = outcome is TransformDeferred deferred ? deferred.Reason : ((TransformRefused)outcome).Reason };
            TransformEntry? before = (await documents.FindAsync<TransformEntry>(TransformEntry.NameFor(blob.Name), cancellationToken))?.Value;
            outlook = outlook with { Sampled = outlook.Sampled + 1, Before = outlook.Before + Of(before), After = outlook.After + Of(after), Records = curated.Diff };
        }

        return outlook;
    }

    private static ReplayCounts Of(TransformEntry? entry) =>
        entry is null ? ReplayCounts.None : new ReplayCounts(1, 0, entry.Read, entry.Curated, entry.Quarantined, entry.Filtered);

    private ServiceProvider Stages(IBlobStore blobs, ICuratedStore curated) => new ServiceCollection()
        .AddSingleton(blobs)
        .AddSingleton(curated)
        .AddSingleton<IWorkQueue, DryRunWorkQueue>()
        .AddSingleton(host.GetRequiredService<ISecretStore>())
        .AddSingleton(host.GetRequiredService<IIdSource>())
        .AddSingleton(host.GetRequiredService<IPipelineCatalog>())
        .AddSingleton(host.GetRequiredService<IStreamOpener>())
        .AddSingleton(host.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance)
        .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
        .AddSingleton(time)
        .AddPenstock(host.GetRequiredService<ExtractOptions>())
        .BuildServiceProvider();
}

/// <summary>What a replay would do.</summary>
/// <param name="Blobs">How many raw blobs it would transform.</param>
/// <param name="IsExact">Whether all of them were counted.</param>
/// <param name="Sampled">How many of them were tried.</param>
/// <param name="Before">What became of the tried ones the last time.</param>
/// <param name="After">What would become of them now.</param>
/// <param name="Records">What that would do to curated records.</param>
/// <param name="Note">Why it couldn't be tried; null if it could.</param>
public sealed record ReplayOutlook(int Blobs, bool IsExact, int Sampled, ReplayCounts Before, ReplayCounts After, RecordDiff Records, string? Note);
