using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Operate.Activity;
using Penstock.Http.Routing;

namespace Penstock.Http.Operate;

internal static class ActivityRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/api/activity", "ListActivity", "Activity", "Lists who did what, when, from where, and what became of it, the newest first.")
        {
            Handler = services => services.GetRequiredService<ActivityEndpoints>().ListAsync,
            Query = [new QueryParameter("who", "Of one operator."), new QueryParameter("action", "Of one kind: the operation's id, for example StartBackfill."), .. QueryParameter.Page],
            Answers = [new EndpointAnswer(200, "A page of activity.", ApiJson.Default.PageOfActivity)],
        },
    ];
}
