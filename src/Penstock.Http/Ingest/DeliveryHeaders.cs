using Microsoft.AspNetCore.Http;
using Penstock.Pipelines.Receiving;

namespace Penstock.Http.Ingest;

/// <summary>What a webhook says of a delivery outside its body: with some senders, the kind of event is only there.</summary>
internal static class DeliveryHeaders
{
    // Standard Webhooks, GitHub, GitLab, Shopify, Bitbucket, Stripe-like senders; the first that is there counts.
    private static readonly string[] Ids =
        ["webhook-id", "X-GitHub-Delivery", "X-Gitlab-Event-UUID", "X-Shopify-Event-Id", "X-Shopify-Webhook-Id", "X-Request-UUID", "Idempotency-Key"];

    private static readonly string[] Types = ["X-GitHub-Event", "X-Gitlab-Event", "X-Shopify-Topic", "X-Event-Key", "X-Event-Type"];

    /// <summary>The envelope of a delivery that isn't a CloudEvent. Other headers may hold personal data, and stay out.</summary>
    public static EventEnvelope Read(IHeaderDictionary headers)
    {
        string? id = First(headers, Ids);
        string? type = First(headers, Types);
        if (id is null && type is null)
            return EventEnvelope.Empty;
        return EventEnvelope.Write(json =>
        {
            if (id is not null)
                json.WriteString("id", id);
            if (type is not null)
                json.WriteString("type", type);
        });
    }

    private static string? First(IHeaderDictionary headers, string[] names) =>
        names.Select(name => headers[name].ToString()).FirstOrDefault(value => value.Length > 0);
}
