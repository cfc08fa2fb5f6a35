using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;

namespace Penstock.Infra.Observability;

/// <summary>
/// What the logs are asked. The texts are those that the stages log: Watch's findings (<c>ALERT kind subject: …</c>), the
/// dispatcher's outcomes, and the host's requests; a test holds them against the code.
/// </summary>
internal static class AlertRules
{
    /// <summary>How Watch begins the line of a new alert of a kind.</summary>
    public static string Finding(string kind) => $"ALERT {kind} ";

    /// <summary>The rules that every stack has.</summary>
    public static IReadOnlyList<AlertRule> Always { get; } =
    [
        new("no-clock", 1, "Watch hasn't run for half an hour: nothing is planned, and no other alert can be trusted.",
            "AppRequests | where Name == 'Watch' and Success == true", EveryMinutes: 15, WindowMinutes: 30, SilenceIsBad: true),
        new("dead-letters", 2, "Messages can't be processed and were set aside.",
            "AppTraces | where Message has 'became the dead letter'"),
        new("poison-queues", 2, "A function failed as often as it may; its message went to a poison queue.",
            $"AppRequests | where Name in ({string.Join(", ", QueueNames.All.Select(queue => $"'{char.ToUpperInvariant(queue[0])}{queue[1..]}Poison'"))})"),
        new("failed-runs", 2, "A slice failed for good, or a run can't be planned.",
            "AppTraces | where Message has 'SliceFailed' or (Message startswith 'Planning ' and Message has ' failed;')"),
        new("quota-exhausted", 3, "Many slices wait for a source's quota: runs come later than planned.",
            "AppTraces | where Message has 'SliceDeferred' and Message has 'quota' | summarize Deferred = count() by bin(TimeGenerated, 30m) | where Deferred >= 20", EveryMinutes: 30, WindowMinutes: 30),
        new("not-landed", 1, "Pushed data couldn't be landed; its sender was told to send it again.",
            "AppTraces | where Message has \"couldn't be landed\" or Message has \"can't be verified: there is no secret\" | union (AppRequests | where Name startswith 'Receive' and Success == false)"),
        new("watch-findings", 3, "Watch found something that should have happened and didn't.",
            $"AppTraces | where Message has 'ALERT ' | where Message !has '{Finding("freshness").Trim()}' and Message !has '{Finding("deadletters").Trim()}'"),
        new("logs-capped", 3, "The day's logs reached their cap: until midnight UTC the other alerts are blind.",
            "_LogOperation | where Category =~ 'Ingestion' and Operation has 'Data collection'", EveryMinutes: 60, WindowMinutes: 60),
    ];

    /// <summary>The rule of a pipeline that promises how fresh its streams are.</summary>
    public static AlertRule Freshness(Pipeline pipeline) => new(
        $"freshness-{pipeline.Name}", 2, $"A stream of '{pipeline.Name}' is older than its pipeline promises. Owner: {(pipeline.Owner.Length > 0 ? pipeline.Owner : "not named")}.",
        $"AppTraces | where Message has '{Finding("freshness")}{pipeline.Name}/'");
}
