using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Health;

internal static class HealthRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/health", "Health", "Health", "Says that the process answers.")
        {
            Handler = services => services.GetRequiredService<HealthEndpoints>().LiveAsync,
            IsOpen = true,
            Answers = [new EndpointAnswer(200, "It does.", HealthJson.Default.Health)],
        },
        new("GET", "/health/ready", "Ready", "Health", "Says whether pipelines and stores can be read, and when planning was last done.")
        {
            Handler = services => services.GetRequiredService<HealthEndpoints>().ReadyAsync,
            IsOpen = true,
            Answers = [new EndpointAnswer(200, "They can.", HealthJson.Default.Health)],
            Problems = [ProblemTypes.NotReady],
        },
    ];
}
