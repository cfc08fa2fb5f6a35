using Microsoft.AspNetCore.Http;
using Penstock.Http.Routing;

namespace Penstock.Http.OpenApi;

/// <summary>The description of the API, for machines.</summary>
/// <param name="edge">What all endpoints do.</param>
public sealed class OpenApiEndpoints(HttpEdge edge)
{
    private static readonly Lazy<byte[]> Document = new(() => OpenApiDocument.Write(EndpointTable.All));

    /// <summary><c>GET /api/openapi.json</c>: the OpenAPI 3.1 document.</summary>
    public Task<IResult> GetAsync(HttpRequest request) =>
        edge.RunAsync(request, () => Task.FromResult(Results.Bytes(Document.Value, "application/json")));
}
