using System.Text;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Transforming;

namespace Penstock.Pipelines.Erasing;

/// <summary>Erases what in quarantine names a subject, in the clear or by its token: also what came of raw that is gone by now.</summary>
/// <param name="shelf">What is in quarantine.</param>
/// <param name="edit">Takes it out.</param>
/// <param name="book">Takes notes.</param>
internal sealed class QuarantineSweep(QuarantineShelf shelf, QuarantineEdit edit, ErasureBook book)
{
    /// <summary>Erases from what is in quarantine of one raw blob.</summary>
    public async ValueTask EraseAsync(ErasureScope scope, Pipeline pipeline, PipelineStream stream, string rawBlob, CancellationToken cancellationToken)
    {
        using ErasureCheck check = scope.CheckOf(stream);
        var lines = new HashSet<long>();
        foreach (QuarantinedRecord record in await shelf.ReadAsync(pipeline.Name, stream.Name, rawBlob, cancellationToken))
        {
            string? text = record.Record?.GetRawText() ?? record.Text;
            if (text is not null && check.IsErased(Encoding.UTF8.GetBytes(text)))
                lines.Add(record.Line);
        }

        string name = QuarantineWriter.NameFor(rawBlob);
        if (lines.Count > 0)
            await book.NoteAsync(scope.Erasure, new ErasureFinding("quarantine", name, "removed", lines.Count), cancellationToken);
        else if (await book.FindAsync(scope.Erasure, "quarantine", name, "removed", cancellationToken) is null)
            return;
        await edit.RemoveAsync(pipeline.Name, stream.Name, rawBlob, record => lines.Contains(record.Line), cancellationToken);
    }
}
