using System.Buffers;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Lake;

/// <summary>Changes lake files as a whole: who loses a race reads and decides again.</summary>
/// <param name="blobs">Where they are.</param>
public sealed class LakeFile(IBlobStore blobs)
{
    /// <summary>Writes a file anew; one without rows is deleted.</summary>
    public async ValueTask PutAsync(string name, ReadOnlyMemory<byte> content, bool isEmpty, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (!isEmpty && await blobs.PutIfAbsentAsync(name, content, cancellationToken) is Stored)
                return;
            if (await blobs.GetAsync(name, cancellationToken) is not { } found)
            {
                if (isEmpty)
                    return;
                continue;
            }

            bool isDone = isEmpty ? await blobs.DeleteAsync(name, found.ETag, cancellationToken)
                : found.Content.Span.SequenceEqual(content.Span) || await blobs.PutIfMatchAsync(name, content, found.ETag, cancellationToken) is Stored;
            if (isDone)
                return;
        }
    }

    /// <summary>Takes rows out of a file, and puts others in; rows stay in the order of their lines. Gives how many went.</summary>
    /// <param name="name">The file.</param>
    /// <param name="leaves">Which rows go.</param>
    /// <param name="comes">Rows that come, by their line; none if null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<int> ChangeAsync(
        string name, Func<ReadOnlyMemory<byte>, bool> leaves, IReadOnlyList<(long Line, byte[] Row)>? comes = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Blob? found = await blobs.GetAsync(name, cancellationToken);
            var rows = new List<(long Line, byte[] Row)>(comes ?? []);
            int left = found is null ? 0 : await ReadAsync(found, leaves, rows, cancellationToken);
            if (left == 0 && comes is null or { Count: 0 })
                return 0;
            using var writer = new RawBlobWriter();
            foreach ((_, byte[] row) in rows.OrderBy(row => row.Line))
                writer.Add(row);
            bool isDone = rows.Count == 0 ? await blobs.DeleteAsync(name, found!.ETag, cancellationToken)
                : found is null ? await blobs.PutIfAbsentAsync(name, writer.Finish(), cancellationToken) is Stored
                : await blobs.PutIfMatchAsync(name, writer.Finish(), found.ETag, cancellationToken) is Stored;
            if (isDone)
                return left;
        }
    }

    private static async ValueTask<int> ReadAsync(Blob found, Func<ReadOnlyMemory<byte>, bool> leaves, List<(long Line, byte[] Row)> rows, CancellationToken cancellationToken)
    {
        int left = 0;
        await using var lines = new RawLines(new MemoryStream(found.Content.ToArray()));
        while (await lines.FillAsync(cancellationToken))
        {
            while (lines.TryRead(out ReadOnlyMemory<byte> row))
            {
                if (leaves(row))
                    left++;
                else
                    rows.Add((LakeRow.LineOf(row.Span), row.ToArray()));
            }
        }

        return left;
    }
}
