using System.Security.Cryptography;
using System.Text;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Operating;

/// <summary>Lets a request with an idempotency key be done once, however often it is sent within a day.</summary>
/// <param name="documents">Where requests are kept.</param>
/// <param name="blobs">Where they are deleted.</param>
/// <param name="time">The clock.</param>
public sealed class KeyedRequests(DocumentStore documents, IBlobStore blobs, TimeProvider time)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    // Whoever began it longer ago has died on the way.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Begins a request, or tells what became of it before.</summary>
    /// <param name="key">The key that the caller gave.</param>
    /// <param name="request">Method, address and body.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<KeyedBeginning> BeginAsync(string key, string request, CancellationToken cancellationToken = default)
    {
        (string name, string fingerprint) = ($"{KeyedRequest.Folder}{Digest(key)}.json", Digest(request));
        while (true)
        {
            DateTimeOffset now = time.GetUtcNow();
            var wish = new KeyedRequest(fingerprint, now);
            var known = await documents.FindAsync<KeyedRequest>(name, cancellationToken);
            if (known is null || now - known.Value.At >= Memory || (known.Value is { Answer: null } && now - known.Value.At >= Patience))
            {
                if ((known is null ? await documents.CreateAsync(name, wish, cancellationToken) : await documents.ReplaceAsync(known, wish, cancellationToken)) is { } begun)
                    return new KeyBegun(begun);
                continue;
            }

            return known.Value.Fingerprint != fingerprint ? KeyTaken.Instance
                : known.Value.Answer is { } answer ? new KeyAnswered(answer)
                : KeyBusy.Instance;
        }
    }

    /// <summary>Keeps the answer; without one the request may be sent again with its key.</summary>
    public async ValueTask EndAsync(KeyBegun begun, KeyedAnswer? answer, CancellationToken cancellationToken = default)
    {
        if (answer is null)
            await blobs.DeleteAsync(begun.Request.Name, begun.Request.ETag, cancellationToken);
        else
            await documents.ReplaceAsync(begun.Request, begun.Request.Value with { Answer = answer }, cancellationToken);
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..40];
}

/// <summary>What is known of a key.</summary>
public abstract record KeyedBeginning
{
    private protected KeyedBeginning() { }
}

/// <summary>The request is ours to do.</summary>
/// <param name="Request">Its document.</param>
public sealed record KeyBegun(Document<KeyedRequest> Request) : KeyedBeginning;

/// <summary>It was done before.</summary>
/// <param name="Answer">What was answered.</param>
public sealed record KeyAnswered(KeyedAnswer Answer) : KeyedBeginning;

/// <summary>It is being done.</summary>
public sealed record KeyBusy : KeyedBeginning
{
    /// <summary>The one instance.</summary>
    public static KeyBusy Instance { get; } = new();
}

/// <summary>The key was used for another request.</summary>
public sealed record KeyTaken : KeyedBeginning
{
    /// <summary>The one instance.</summary>
    public static KeyTaken Instance { get; } = new();
}
