using System.Security.Cryptography;
using System.Text;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Cursors;

/// <summary>Lets operators see, set and reset a stream's state. No run begins while it is being changed.</summary>
/// <param name="documents">Where it is kept.</param>
/// <param name="blobs">The listing.</param>
/// <param name="time">The clock.</param>
public sealed class StateBook(DocumentStore documents, IBlobStore blobs, TimeProvider time)
{
    // Longer than any change takes: whoever holds it for longer has died.
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    /// <summary>Every partition's cursor.</summary>
    public async ValueTask<StreamCursors> ReadAsync(string pipeline, string stream, CancellationToken cancellationToken = default)
    {
        var cursors = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var version = new StringBuilder();
        await foreach (BlobEntry entry in blobs.ListAsync(StoredCursors.Folder(pipeline, stream), cancellationToken))
        {
            if (await documents.FindAsync<CursorShard>(entry.Name, cancellationToken) is not { } shard)
                continue;
            version.Append(shard.Name).Append(' ').Append(shard.ETag).Append('\n');
            foreach ((string partition, string cursor) in shard.Value.Partitions)
                cursors[partition] = cursor;
        }

        return new StreamCursors(cursors, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version.ToString())))[..32]);
    }

    /// <summary>Replaces all cursors; none for a reset: the next run begins at the beginning.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="cursors">The cursors by partition.</param>
    /// <param name="etag">The version that the caller saw; null for whatever there is.</param>
    /// <param name="isForced">Whether to do it although a run goes on, which will move the cursors when it ends.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<StateOutcome> SetAsync(
        string pipeline, string stream, IReadOnlyDictionary<string, string> cursors, string? etag, bool isForced, CancellationToken cancellationToken = default)
    {
        if (await HoldAsync(pipeline, stream, isForced, cancellationToken) is { } busy)
            return busy;
        try
        {
            StreamCursors before = await ReadAsync(pipeline, stream, cancellationToken);
            if (etag is not null && etag != before.ETag)
                return StateChanged.Instance;
            // Whoever dies now has changed it in part.
            bool isDuringRun = (await NoteAsync(pipeline, stream, current => current with { EditedAt = time.GetUtcNow(), IsEditUnclear = true }, cancellationToken))?.ActiveRun is not null;
            await new StoredCursors(documents, pipeline, stream).ReplaceAsync(before.Cursors.Keys, cursors, cancellationToken);
            if (cursors.Count == 0)
                await ResetParentsAsync(pipeline, stream, cancellationToken);
            await NoteAsync(pipeline, stream, current => current with { EditedAfter = current.LastRun, IsEditUnclear = isDuringRun || current.ActiveRun is not null }, cancellationToken);
            return new StateSet(await ReadAsync(pipeline, stream, cancellationToken));
        }
        finally
        {
            await NoteAsync(pipeline, stream, current => current with { EditedUntil = null }, CancellationToken.None);
        }
    }

    private async ValueTask<StreamDocument?> NoteAsync(string pipeline, string stream, Func<StreamDocument, StreamDocument> change, CancellationToken cancellationToken) =>
        (await documents.ChangeAsync<StreamDocument>(RunNames.Stream(pipeline, stream), current => current is null ? null : change(current), cancellationToken))?.Value;

    // A child would otherwise see only the parents that are new.
    private async ValueTask ResetParentsAsync(string pipeline, string stream, CancellationToken cancellationToken)
    {
        await foreach (BlobEntry entry in blobs.ListAsync(StoredCursors.Folder(pipeline, $"{stream}/")[..^1], cancellationToken))
            await blobs.DeleteAsync(entry.Name, cancellationToken: cancellationToken);
    }

    private async ValueTask<StateOutcome?> HoldAsync(string pipeline, string stream, bool isForced, CancellationToken cancellationToken)
    {
        StateOutcome? busy = null;
        DateTimeOffset now = time.GetUtcNow();
        await documents.ChangeAsync<StreamDocument>(
            RunNames.Stream(pipeline, stream),
            current =>
            {
                busy = current?.EditedUntil > now ? new StateBusy(null)
                    : current?.ActiveRun is { } run && !isForced ? new StateBusy(run)
                    : null;
                return busy is null ? (current ?? new StreamDocument()) with { EditedUntil = now + Hold } : current;
            },
            cancellationToken);
        return busy;
    }
}

/// <summary>A stream's cursors.</summary>
/// <param name="Cursors">Airbyte's JSON by partition.</param>
/// <param name="ETag">Names this version of all of them.</param>
public sealed record StreamCursors(IReadOnlyDictionary<string, string> Cursors, string ETag);

/// <summary>What became of a change of state.</summary>
public abstract record StateOutcome
{
    private protected StateOutcome() { }
}

/// <summary>It is set.</summary>
/// <param name="State">As it is now.</param>
public sealed record StateSet(StreamCursors State) : StateOutcome;

/// <summary>It was changed since the caller read it.</summary>
public sealed record StateChanged : StateOutcome
{
    /// <summary>The one instance.</summary>
    public static StateChanged Instance { get; } = new();
}

/// <summary>A run goes on, or somebody else changes it.</summary>
/// <param name="Run">The run; null if it is somebody else.</param>
public sealed record StateBusy(string? Run) : StateOutcome;
