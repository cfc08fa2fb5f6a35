using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Watching.Notices;

namespace Penstock.Pipelines.Watching;

/// <summary>Raises alerts once and takes them away when they are over. Who wants to hear of either gets a notice.</summary>
/// <param name="documents">Where they are kept.</param>
/// <param name="blobs">Where they are deleted.</param>
/// <param name="options">Who hears of alerts that are of no pipeline, or of one that names nobody.</param>
/// <param name="time">The clock.</param>
public sealed class AlertBook(DocumentStore documents, IBlobStore blobs, AlertOptions options, TimeProvider time)
{
    /// <summary>Raises an alert that is of no pipeline; gives a line if it is new, null if it goes on.</summary>
    public ValueTask<string?> RaiseAsync(string kind, string subject, string message, CancellationToken cancellationToken = default) =>
        RaiseAsync(kind, subject, message, "error", "", AlertTarget.None, cancellationToken);

    /// <summary>Raises an alert; gives a line if it is new, null if it goes on.</summary>
    public async ValueTask<string?> RaiseAsync(
        string kind, string subject, string message, string severity, string owner, AlertTarget target, CancellationToken cancellationToken = default)
    {
        var alert = new Alert(kind, subject, message, time.GetUtcNow()) { Severity = severity, Owner = owner };
        if (await documents.FindAsync<Alert>(alert.Name, cancellationToken) is not null)
            return null;
        // The notice first: a crash in between sends one twice, and none is lost.
        await NotifyAsync(alert, isOver: false, target, cancellationToken);
        if (await documents.CreateAsync(alert.Name, alert, cancellationToken) is null)
            return null;
        AlertMetrics.Raised(alert);
        return $"ALERT {kind} {subject}: {message}";
    }

    /// <summary>Takes an alert that is of no pipeline away; gives a line if there was one.</summary>
    public ValueTask<string?> ResolveAsync(string kind, string subject, CancellationToken cancellationToken = default) =>
        ResolveAsync(kind, subject, AlertTarget.None, cancellationToken);

    /// <summary>Takes an alert away; gives a line if there was one.</summary>
    public async ValueTask<string?> ResolveAsync(string kind, string subject, AlertTarget target, CancellationToken cancellationToken = default)
    {
        string name = new Alert(kind, subject, "", default).Name;
        if (await documents.FindAsync<Alert>(name, cancellationToken) is not { Value: var alert })
            return null;
        await NotifyAsync(alert, isOver: true, target, cancellationToken);
        if (!await blobs.DeleteAsync(name, cancellationToken: cancellationToken))
            return null;
        AlertMetrics.Resolved(alert);
        return $"over: {kind} {subject}";
    }

    private async ValueTask NotifyAsync(Alert alert, bool isOver, AlertTarget target, CancellationToken cancellationToken)
    {
        AlertTarget heard = target.Webhook is null ? options.Target : target;
        if (heard.Webhook is null)
            return;
        var notice = new Notice
        {
            Kind = alert.Kind, Subject = alert.Subject, Status = isOver ? "resolved" : "raised", Severity = alert.Severity, Owner = alert.Owner,
            Message = alert.Message, Since = alert.Since, At = time.GetUtcNow(), Target = heard, NextAt = time.GetUtcNow(),
        };
        await documents.CreateAsync(notice.Name, notice, cancellationToken);
    }
}
