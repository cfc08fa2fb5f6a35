using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Watching.Notices;

/// <summary>Sends the notices that are on their way; tries again, later and later, for a day. It runs after the monitors.</summary>
/// <param name="blobs">Their listing.</param>
/// <param name="documents">Where they are kept.</param>
/// <param name="secrets">Addresses and keys.</param>
/// <param name="channel">Sends.</param>
/// <param name="time">The clock.</param>
public sealed class NoticeSender(IBlobStore blobs, DocumentStore documents, ISecretStore secrets, INoticeChannel channel, TimeProvider time) : IMonitor
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var names = new List<string>();
        await foreach (BlobEntry entry in blobs.ListAsync(Notice.Folder, cancellationToken))
            names.Add(entry.Name);
        foreach (string name in names)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (await documents.FindAsync<Notice>(name, cancellationToken) is not { Value: var notice } document || notice.NextAt > now)
                continue;
            if (await TrySendAsync(notice, cancellationToken) is not { } problem)
            {
                await blobs.DeleteAsync(name, cancellationToken: cancellationToken);
            }
            else if (now - notice.At > Patience)
            {
                await blobs.DeleteAsync(name, cancellationToken: cancellationToken);
                yield return $"gave up telling that {notice.Kind} {notice.Subject} is {notice.Status}: {problem}, {notice.Attempts + 1} times. Look at 'monitors.webhook'.";
            }
            else
            {
                TimeSpan pause = TimeSpan.FromMinutes(Math.Min(Math.Pow(2, notice.Attempts), LongestPause.TotalMinutes));
                await documents.ReplaceAsync(document, notice with { Attempts = notice.Attempts + 1, NextAt = now + pause }, cancellationToken);
            }
        }
    }

    private async ValueTask<string?> TrySendAsync(Notice notice, CancellationToken cancellationToken)
    {
        string? address = notice.Target.Webhook;
        if (address is not null && SecretReference.NameIn(address) is { } name)
            address = await secrets.FindAsync(name, cancellationToken);
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            return "its address is missing, or isn't one";
        byte[] body = Body(notice);
        var headers = new Dictionary<string, string> { ["X-Penstock-Notice"] = notice.Id };
        if (notice.Target.Sign is { } sign)
        {
            if (await secrets.FindAsync(sign, cancellationToken) is not { } key)
                return $"the secret '{sign}' is missing";
            headers["X-Penstock-Signature"] = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body))}";
        }

        return await channel.SendAsync(uri, body, headers, cancellationToken);
    }

    private static byte[] Body(Notice notice)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("id", notice.Id);
            json.WriteString("status", notice.Status);
            json.WriteString("kind", notice.Kind);
            json.WriteString("subject", notice.Subject);
            json.WriteString("severity", notice.Severity);
            json.WriteString("owner", notice.Owner);
            json.WriteString("message", notice.Message);
            json.WriteString("since", notice.Since);
            json.WriteString("at", notice.At);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
