using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Transforming;

namespace Penstock.Pipelines.Erasing;

/// <summary>Erases what of a curated table names a subject, in the clear or by its token: also what came of raw that is gone by now.</summary>
/// <param name="curated">The curated records.</param>
/// <param name="book">Takes notes.</param>
internal sealed class CuratedSweep(ICuratedStore curated, ErasureBook book)
{
    /// <summary>Erases from the table of a stream.</summary>
    public async ValueTask EraseAsync(ErasureScope scope, Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken)
    {
        IReadOnlyList<CuratedTable> tables = CuratedTables.Of(pipeline, stream);
        var keys = new List<string>();
        using (ErasureCheck check = scope.CheckOf(stream))
        {
            await foreach (CuratedRecord record in curated.ReadAsync(tables[0], cancellationToken))
            {
                if (check.IsErased(record.Json.Span))
                    keys.Add(record.Key);
            }
        }

        if (keys.Count == 0)
            return;
        await book.NoteAsync(scope.Erasure, new ErasureFinding("curated", $"{pipeline.Name}/{stream.Name}", "removed", keys.Count), cancellationToken);
        foreach (CuratedTable table in tables.Reverse())
            await curated.DeleteAsync(table, [.. keys.Distinct()], cancellationToken);
    }
}
