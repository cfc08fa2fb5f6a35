using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Routing;

namespace Penstock.Http.OpenApi;

internal static class OpenApiRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/api/openapi.json", "GetOpenApi", "API", "Describes this API as OpenAPI 3.1.")
        {
            Handler = services => services.GetRequiredService<OpenApiEndpoints>().GetAsync,
            Answers = [new EndpointAnswer(200, "The OpenAPI 3.1 document.")],
        },
    ];
}
