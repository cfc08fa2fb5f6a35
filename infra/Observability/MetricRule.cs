namespace Penstock.Infra.Observability;

/// <summary>A metric of a service that must stay below a limit.</summary>
/// <param name="Name">The rule's name; <c>docs/deploy.md</c> has a section of that name.</param>
/// <param name="Severity">As <see cref="AlertRule.Severity"/>.</param>
/// <param name="Summary">What it means, in the alert itself.</param>
/// <param name="Namespace">The metric's namespace.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Above">The limit for the sum of 15 minutes.</param>
/// <param name="Dimension">A dimension and its value that narrow the metric, or null.</param>
internal sealed record MetricRule(
    string Name, int Severity, string Summary, string Namespace, string Metric, double Above, (string Name, string Value)? Dimension = null)
{
    public static readonly MetricRule CosmosThrottled = new(
        "cosmos-throttled", 3, "Cosmos DB refuses requests (429): curating is slower than it could be.",
        "Microsoft.DocumentDB/databaseAccounts", "TotalRequests", 500, ("StatusCode", "429"));

    public static readonly MetricRule EventHubsThrottled = new(
        "event-hubs-throttled", 2, "Event Hubs refuses senders: its throughput units are used up.",
        "Microsoft.EventHub/namespaces", "ThrottledRequests", 0);
}
