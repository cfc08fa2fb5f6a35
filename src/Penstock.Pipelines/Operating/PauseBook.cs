using System.Collections.Concurrent;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Operating;

/// <summary>Pauses and resumes pipelines. A paused one is neither planned nor extracted; what was landed is still transformed.</summary>
/// <param name="blobs">The listing.</param>
/// <param name="documents">Where pauses are kept.</param>
/// <param name="time">The clock.</param>
public sealed class PauseBook(IBlobStore blobs, DocumentStore documents, TimeProvider time)
{
    // Each slice asks: a pause may take that long to be heard everywhere.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);
    private readonly DocumentFolder<PipelinePause> _all = new(blobs, documents, PipelinePause.Folder);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, bool IsPaused)> _known = new(StringComparer.Ordinal);

    /// <summary>Pauses or resumes; null if it isn't as <paramref name="etag"/> says any more.</summary>
    /// <param name="pause">What an operator says.</param>
    /// <param name="etag">The version that he saw; null for whatever there is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<Document<PipelinePause>?> SetAsync(PipelinePause pause, string? etag, CancellationToken cancellationToken = default)
    {
        string name = PipelinePause.NameFor(pause.Pipeline);
        _known.TryRemove(pause.Pipeline, out _);
        while (true)
        {
            var current = await documents.FindAsync<PipelinePause>(name, cancellationToken);
            if (etag is not null && etag != ETagOf(current))
                return null;
            if (current?.Value.IsPaused == pause.IsPaused)
                return current;
            if ((current is null ? await documents.CreateAsync(name, pause, cancellationToken) : await documents.ReplaceAsync(current, pause, cancellationToken)) is { } written)
                return written;
        }
    }

    /// <summary>What an operator said last of a pipeline, or null.</summary>
    public ValueTask<Document<PipelinePause>?> FindAsync(string pipeline, CancellationToken cancellationToken = default) =>
        documents.FindAsync<PipelinePause>(PipelinePause.NameFor(pipeline), cancellationToken);

    /// <summary>The pipelines that operators paused.</summary>
    public async ValueTask<IReadOnlySet<string>> PausedAsync(CancellationToken cancellationToken = default) =>
        (await _all.ReadAsync(cancellationToken)).Where(pause => pause.Value.IsPaused).Select(pause => pause.Value.Pipeline).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether an operator paused a pipeline, as of a few seconds ago.</summary>
    public async ValueTask<bool> IsPausedAsync(string pipeline, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_known.TryGetValue(pipeline, out var known) && now - known.At < Freshness)
            return known.IsPaused;
        bool isPaused = (await FindAsync(pipeline, cancellationToken))?.Value.IsPaused == true;
        _known[pipeline] = (now, isPaused);
        return isPaused;
    }

    /// <summary>Names the version of what an operator said; a pipeline of which nothing was ever said has one too.</summary>
    public static string ETagOf(Document<PipelinePause>? pause) => pause?.ETag.Trim('"') ?? "never";
}
