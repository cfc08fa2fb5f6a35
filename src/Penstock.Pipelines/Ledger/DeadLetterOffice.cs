using System.Security.Cryptography;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Ledger;

/// <summary>Keeps messages that can't be processed, each once however often it comes.</summary>
/// <param name="documents">Where they are kept.</param>
/// <param name="time">The clock.</param>
public sealed class DeadLetterOffice(DocumentStore documents, TimeProvider time)
{
    /// <summary>Keeps a message.</summary>
    /// <param name="queue">The queue it was in.</param>
    /// <param name="body">The message as it was.</param>
    /// <param name="reason">Why it can't be processed.</param>
    /// <param name="cancellationToken">Ends the keeping.</param>
    public async ValueTask<DeadLetter> KeepAsync(
        string queue, ReadOnlyMemory<byte> body, string reason, CancellationToken cancellationToken = default)
    {
        string id = Convert.ToHexStringLower(SHA256.HashData(WorkReader.WithoutContext(body.Span)))[..20];
        var letter = new DeadLetter(id, queue, reason, time.GetUtcNow(), Convert.ToBase64String(body.Span));
        await documents.CreateAsync(letter.Name, letter, cancellationToken);
        return letter;
    }
}
