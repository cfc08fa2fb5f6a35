using System.Text.Json;
using Penstock.Pipelines.Operating;

namespace Penstock.Http.Operate.Activity;

/// <summary>What somebody did. <c>whoKind</c> says how he is known: <c>entra</c>, <c>key</c> or <c>local</c>.</summary>
internal sealed record ActivityView(
    string Id, DateTimeOffset At, string Who, string WhoKind, string? WhoId, string? From, string Action, string Target, JsonElement? Request, int Status,
    string? Problem, string RequestId)
{
    public static ActivityView Of(ActivityEntry entry) => new(
        entry.Id, entry.At, entry.Who.Name, entry.Who.Kind, entry.Who.Id, entry.From, entry.Action, entry.Target,
        entry.Request is { } json ? JsonDocument.Parse(json).RootElement : null, entry.Status, entry.Problem, entry.RequestId);
}

internal sealed record PageOfActivity(IReadOnlyList<ActivityView> Items, string? Next);
