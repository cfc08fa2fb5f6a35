using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Ingest;

namespace Penstock.Functions.Triggers;

/// <summary>Takes what webhooks push. A sender proves itself by its signature, not by a key of ours.</summary>
/// <param name="ingest">The endpoint.</param>
public sealed class WebhookTrigger(IngestEndpoints ingest)
{
    /// <summary><c>POST /ingest/{pipeline}/{stream}</c>.</summary>
    [Function("Ingest")]
    public Task<IResult> PostAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "ingest/{pipeline}/{stream}")] HttpRequest request,
        string pipeline,
        string stream,
        CancellationToken cancellationToken) => ingest.PostAsync(request, pipeline, stream, cancellationToken).WriteAsync(request);
}
