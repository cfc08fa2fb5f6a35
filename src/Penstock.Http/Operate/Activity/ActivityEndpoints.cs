using Microsoft.AspNetCore.Http;
using Penstock.Http.Paging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Operating;

namespace Penstock.Http.Operate.Activity;

/// <summary>Who did what.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="activity">What was done.</param>
public sealed class ActivityEndpoints(HttpEdge edge, ActivityLog activity)
{
    /// <summary><c>GET /api/activity?who=&amp;action=&amp;limit=&amp;after=</c>: what was done, the newest first.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        int limit = PageQuery.ReadLimit(request, errors);
        if (QueryErrors.Refusal(errors) is { } wrong)
            return wrong;
        (string who, string action, string after) = (request.Query["who"].ToString(), request.Query["action"].ToString(), request.Query["after"].ToString());
        var taken = new List<ActivityEntry>();
        await foreach (ActivityEntry entry in activity.ReadAsync(after.Length > 0 ? after : null, cancellationToken))
        {
            if ((who.Length > 0 && entry.Who.Name != who) || (action.Length > 0 && entry.Action != action))
                continue;
            taken.Add(entry);
            if (taken.Count > limit)
                break;
        }

        ActivityView[] items = [.. taken.Take(limit).Select(ActivityView.Of)];
        return ApiJson.Answer(new PageOfActivity(items, taken.Count > limit ? items[^1].Id : null), ApiJson.Default.PageOfActivity);
    });
}
