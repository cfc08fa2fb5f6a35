using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Watching;

/// <summary>Raises alerts once and takes them away when they are over.</summary>
/// <param name="documents">Where they are kept.</param>
/// <param name="blobs">Where they are deleted.</param>
/// <param name="time">The clock.</param>
public sealed class AlertBook(DocumentStore documents, IBlobStore blobs, TimeProvider time)
{
    /// <summary>Raises an alert; gives a line if it is new, null if it goes on.</summary>
    public async ValueTask<string?> RaiseAsync(string kind, string subject, string message, CancellationToken cancellationToken = default)
    {
        var alert = new Alert(kind, subject, message, time.GetUtcNow());
        return await documents.CreateAsync(alert.Name, alert, cancellationToken) is null ? null : $"ALERT {kind} {subject}: {message}";
    }

    /// <summary>Takes an alert away; gives a line if there was one.</summary>
    public async ValueTask<string?> ResolveAsync(string kind, string subject, CancellationToken cancellationToken = default) =>
        await blobs.DeleteAsync(new Alert(kind, subject, "", default).Name, cancellationToken: cancellationToken)
            ? $"over: {kind} {subject}"
            : null;
}
