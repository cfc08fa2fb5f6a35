using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Routing;

namespace Penstock.Http.Operate;

internal static class DeadLetterRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/api/deadletters", "ListDeadLetters", "Dead letters", "Lists messages that couldn't be processed, with the reason, the newest first.")
        {
            Handler = services => services.GetRequiredService<DeadLetterEndpoints>().ListAsync,
            Query = QueryParameter.Page,
            Answers = [new EndpointAnswer(200, "A page of dead letters.", ApiJson.Default.PageOfDeadLetters)],
        },
    ];
}
