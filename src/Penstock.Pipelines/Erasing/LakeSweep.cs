using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Lake;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Transforming;

namespace Penstock.Pipelines.Erasing;

/// <summary>
/// Erases a subject from lake files: the rows of its raw lines, with the items of its exploded lists, and whatever row names it, in
/// the clear or by its token, also of raw that is gone by now.
/// </summary>
/// <param name="blobs">Their listing.</param>
/// <param name="files">Changes files.</param>
/// <param name="book">Takes notes.</param>
internal sealed class LakeSweep(IBlobStore blobs, LakeFile files, ErasureBook book)
{
    /// <summary>Erases the rows of some lines of a raw blob.</summary>
    public async ValueTask EraseAsync(Erasure erasure, Pipeline pipeline, PipelineStream stream, string rawBlob, IReadOnlyList<ErasedRecord> lines, CancellationToken cancellationToken)
    {
        if (stream.Outputs.Lake is not { } partition)
            return;
        var numbers = lines.Select(line => line.Number).ToHashSet();
        foreach (CuratedTable table in CuratedTables.Of(pipeline, stream))
            await EraseAsync(erasure, LakeNames.NameFor(rawBlob, pipeline.Name, table.Stream, partition), row => numbers.Contains(LakeRow.LineOf(row.Span)), cancellationToken);
    }

    /// <summary>Erases the rows of a file that name the subject, and the items that came of the same lines.</summary>
    public async ValueTask EraseAsync(ErasureScope scope, Pipeline pipeline, PipelineStream stream, string file, CancellationToken cancellationToken)
    {
        IReadOnlyList<CuratedTable> tables = CuratedTables.Of(pipeline, stream);
        var numbers = new HashSet<long>();
        using ErasureCheck check = scope.CheckOf(stream);
        await ReadAsync(file, row =>
        {
            if (check.IsErased(row.Span))
                numbers.Add(LakeRow.LineOf(row.Span));
        }, cancellationToken);
        if (numbers.Count == 0)
            return;
        string own = LakeNames.Folder(pipeline.Name, stream.Name);
        // The records themselves last: by them it is known which items there are to erase.
        foreach (CuratedTable table in tables.Reverse())
            await EraseAsync(scope.Erasure, LakeNames.Folder(pipeline.Name, table.Stream) + file[own.Length..], row => numbers.Contains(LakeRow.LineOf(row.Span)), cancellationToken);
    }

    private async ValueTask EraseAsync(Erasure erasure, string file, Func<ReadOnlyMemory<byte>, bool> leaves, CancellationToken cancellationToken)
    {
        int rows = 0;
        await ReadAsync(file, row => rows += leaves(row) ? 1 : 0, cancellationToken);
        if (rows == 0)
            return;
        await book.NoteAsync(erasure, new ErasureFinding("lake", file, "removed", rows), cancellationToken);
        await files.ChangeAsync(file, leaves, cancellationToken: cancellationToken);
    }

    private async ValueTask ReadAsync(string file, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        if (await blobs.OpenAsync(file, cancellationToken) is not { } content)
            return;
        await using var lines = new Landing.RawLines(content);
        while (await lines.FillAsync(cancellationToken))
        {
            while (lines.TryRead(out ReadOnlyMemory<byte> row))
                take(row);
        }
    }
}
