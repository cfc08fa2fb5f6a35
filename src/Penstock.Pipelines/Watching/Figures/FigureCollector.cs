using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Quality;
using Penstock.Pipelines.Stages;

namespace Penstock.Pipelines.Watching.Figures;

/// <summary>
/// Takes what each blob was like into its stream's history, and lands it as records of <c>penstock.quality</c>. It runs before the
/// monitors that look at the history.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="quality">What the blobs were like.</param>
/// <param name="documents">The histories.</param>
/// <param name="receive">Lands records.</param>
/// <param name="time">The clock.</param>
public sealed class FigureCollector(
    IPipelineCatalog catalog, QualityBook quality, DocumentStore documents, ReceiveStage receive, TimeProvider time) : IMonitor
{
    // How late a document may come after one with a later time in its name.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    // A Watch that stopped takes up what came meanwhile, so far back.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (UsablePipeline entry in (await catalog.ListAsync(cancellationToken)).OfType<UsablePipeline>())
        {
            foreach (PipelineStream stream in entry.Pipeline.Streams)
                await CollectAsync(entry.Name, stream.Name, cancellationToken);
        }

        yield break;
    }

    private async ValueTask CollectAsync(string pipeline, string stream, CancellationToken cancellationToken)
    {
        string name = StreamFigures.NameFor(pipeline, stream);
        Document<StreamFigures>? known = await documents.FindAsync<StreamFigures>(name, cancellationToken);
        StreamFigures history = known?.Value ?? new StreamFigures { Pipeline = pipeline, Stream = stream };
        IReadOnlyList<BlobQuality> news = await NewsAsync(history, cancellationToken);
        if (news.Count == 0)
            return;

        // Landed first: what is landed twice has the same keys, and what isn't landed would be lost.
        await receive.RunAsync(
            new ReceivedBatch(SystemPipeline.Name, SystemPipeline.QualityStream, $"{pipeline}-{stream}", news.Max(blob => blob.At), [.. news.SelectMany(QualityRecords.Of)]),
            cancellationToken);
        if (StreamFigures.HourOf(news.Max(blob => blob.At)) > history.ReadUntil)
            await quality.SweepAsync(pipeline, stream, time.GetUtcNow() - Kept, cancellationToken);
        StreamFigures merged = history.With(news, Overlap);
        // Whoever was quicker has taken the same in.
        if (known is null)
            await documents.CreateAsync(name, merged, cancellationToken);
        else
            await documents.ReplaceAsync(known, merged, cancellationToken);
    }

    private async ValueTask<IReadOnlyList<BlobQuality>> NewsAsync(StreamFigures history, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset from = history.ReadUntil - Overlap ?? now.AddDays(-1);
        from = from < now - Kept ? now - Kept : from;
        var news = new List<BlobQuality>();
        HashSet<string> known = [.. history.Recent];
        for (DateTimeOffset hour = StreamFigures.HourOf(from); hour <= now; hour = hour.AddHours(1))
        {
            await foreach (BlobQuality blob in quality.ListAsync(history.Pipeline, history.Stream, hour, from, known, cancellationToken))
                news.Add(blob);
        }

        return news;
    }
}
