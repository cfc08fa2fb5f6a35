using System.Globalization;
using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Lake;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Transforming;

namespace Penstock.Pipelines.Erasing;

/// <summary>The places that an erasure looks through, in an order in which it can be taken up again.</summary>
/// <param name="blobs">Their listing.</param>
/// <param name="raw">Erases from raw, and from what came of it.</param>
/// <param name="quarantine">Erases from quarantine.</param>
/// <param name="curated">Erases from curated tables.</param>
/// <param name="lake">Erases from lake files.</param>
/// <param name="messages">Erases from messages.</param>
/// <param name="keyring">Destroys keys.</param>
/// <param name="book">Takes notes.</param>
internal sealed class ErasurePlan(
    IBlobStore blobs, RawSweep raw, QuarantineSweep quarantine, CuratedSweep curated, LakeSweep lake, MessageSweep messages, SubjectKeyring keyring, ErasureBook book)
{
    /// <summary>Lists the places after a position.</summary>
    /// <param name="scope">Whom the erasure is about.</param>
    /// <param name="streams">The streams that say whom their records are about, in order.</param>
    /// <param name="after">The last place that is done; null to begin.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<ErasurePlace> ListAsync(
        ErasureScope scope, IReadOnlyList<(Pipeline Pipeline, PipelineStream Stream)> streams, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ErasurePlace place in AllAsync(scope, streams, cancellationToken))
        {
            if (after is null || string.CompareOrdinal(place.Position, after) > 0)
                yield return place;
        }
    }

    private async IAsyncEnumerable<ErasurePlace> AllAsync(
        ErasureScope scope, IReadOnlyList<(Pipeline Pipeline, PipelineStream Stream)> streams, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; i < streams.Count; i++)
        {
            (Pipeline pipeline, PipelineStream stream) = streams[i];
            await foreach (BlobEntry blob in blobs.ListAsync(RawNames.Folder(pipeline.Name, stream.Name), cancellationToken))
                yield return new(Position(0, i, blob.Name), token => raw.EraseAsync(scope, pipeline, stream, blob.Name, token));
        }

        for (int i = 0; i < streams.Count; i++)
        {
            (Pipeline pipeline, PipelineStream stream) = streams[i];
            await foreach (BlobEntry blob in blobs.ListAsync(QuarantineWriter.NameFor(RawNames.Folder(pipeline.Name, stream.Name)), cancellationToken))
                yield return new(Position(1, i, blob.Name), Always(token => quarantine.EraseAsync(scope, pipeline, stream, QuarantineShelf.RawBlobOf(blob.Name), token)));
        }

        for (int i = 0; i < streams.Count; i++)
        {
            (Pipeline pipeline, PipelineStream stream) = streams[i];
            yield return new(Position(2, i, ""), Always(token => curated.EraseAsync(scope, pipeline, stream, token)));
            await foreach (BlobEntry file in blobs.ListAsync(LakeNames.Folder(pipeline.Name, stream.Name), cancellationToken))
                yield return new(Position(2, i, file.Name), Always(token => lake.EraseAsync(scope, pipeline, stream, file.Name, token)));
        }

        foreach (string folder in new[] { DeadLetter.Folder, WorkSender.LargeMessages })
        {
            await foreach (BlobEntry blob in blobs.ListAsync(folder, cancellationToken))
                yield return new(Position(3, 0, blob.Name), Always(token => messages.EraseAsync(scope, blob.Name, token)));
        }

        foreach (SubjectId subject in scope.Subjects)
            yield return new(Position(4, 0, subject.ToString()), Always(token => DestroyAsync(scope, subject, token)));
    }

    private async ValueTask DestroyAsync(ErasureScope scope, SubjectId subject, CancellationToken cancellationToken)
    {
        string name = SubjectDataKey.NameFor(subject);
        if (await blobs.GetAsync(name, cancellationToken) is null)
            return;
        await book.NoteAsync(scope.Erasure, new ErasureFinding("keys", name, "destroyed", 1), cancellationToken);
        await keyring.DestroyAsync(subject, cancellationToken);
    }

    private static Func<CancellationToken, ValueTask<string?>> Always(Func<CancellationToken, ValueTask> erase) => async token =>
    {
        await erase(token);
        return null;
    };

    private static string Position(int phase, int stream, string item) => string.Create(CultureInfo.InvariantCulture, $"{phase}|{stream:D5}|{item}");
}

/// <summary>One place that an erasure looks through.</summary>
/// <param name="Position">Orders places.</param>
/// <param name="EraseAsync">Erases there; gives the reason if it can't be done now.</param>
internal sealed record ErasurePlace(string Position, Func<CancellationToken, ValueTask<string?>> EraseAsync);
