using System.Text.Json;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Subjects;

namespace Penstock.Pipelines.Erasing;

/// <summary>
/// Deletes the large messages and dead letters that name a subject. They are references to work and hold no records; what somebody
/// else has put into a queue may.
/// </summary>
/// <param name="blobs">Where they are.</param>
/// <param name="documents">Reads dead letters.</param>
/// <param name="book">Takes notes.</param>
internal sealed class MessageSweep(IBlobStore blobs, DocumentStore documents, ErasureBook book)
{
    /// <summary>Erases from one of them.</summary>
    public async ValueTask EraseAsync(ErasureScope scope, string name, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? message = name.StartsWith(DeadLetter.Folder, StringComparison.Ordinal)
            ? (await documents.FindAsync<DeadLetter>(name, cancellationToken))?.Value is { } letter ? Convert.FromBase64String(letter.Body) : null
            : (await blobs.GetAsync(name, cancellationToken))?.Content;
        if (message is null || !Names(scope, message.Value.Span))
            return;
        await book.NoteAsync(scope.Erasure, new ErasureFinding("messages", name, "removed", 1), cancellationToken);
        await blobs.DeleteAsync(name, cancellationToken: cancellationToken);
    }

    // No path says where in a message a name would be: every text in it is tried.
    private static bool Names(ErasureScope scope, ReadOnlySpan<byte> json)
    {
        using SubjectHash hash = scope.Hash();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
                    continue;
                ReadOnlySpan<byte> text = reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
                foreach (string kind in scope.Erasure.Kinds)
                {
                    if (scope.Everything.Contains(hash.Of(System.Text.Encoding.UTF8.GetBytes(kind), text)))
                        return true;
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON from here on.
        }

        return false;
    }
}
