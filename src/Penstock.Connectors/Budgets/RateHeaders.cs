namespace Penstock.Connectors.Budgets;

/// <summary>Learns limits from an answer's headers, whatever dialect they speak.</summary>
internal static class RateHeaders
{
    private static readonly string[] Prefixes = ["ratelimit-", "x-ratelimit-", "x-rate-limit-", "rate-limit-"];

    /// <summary>Reads the headers.</summary>
    /// <param name="answer">The answer; header names in lower case.</param>
    /// <param name="rules">Names the source's own headers and the statuses that mean a limit.</param>
    /// <param name="now">The present.</param>
    public static RateReading Read(SourceAnswer answer, BudgetRules rules, DateTimeOffset now)
    {
        var quotas = new List<KeyValuePair<string, QuotaReading>>();
        ReadStandard(answer.Headers, now, quotas);
        foreach (var prefix in Prefixes)
        {
            Add(quotas, prefix, ReadTriple(answer.Headers, prefix, now));
        }

        if (rules.RemainingHeader is not null || rules.ResetHeader is not null)
        {
            Add(quotas, "declared", new QuotaReading(
                null, StructuredField.ToInteger(Find(answer.Headers, rules.RemainingHeader)), ResetTime.Read(Find(answer.Headers, rules.ResetHeader), now), null));
        }

        var asksToWait = rules.LimitStatuses.Contains(answer.Status) || answer.Status is 429 or 503;
        return new RateReading(asksToWait ? ResetTime.Read(Find(answer.Headers, "retry-after"), now) : null, quotas);
    }

    private static void ReadStandard(IReadOnlyDictionary<string, string> headers, DateTimeOffset now, List<KeyValuePair<string, QuotaReading>> quotas)
    {
        var limits = StructuredField.ParseList(Find(headers, "ratelimit"));
        var policies = StructuredField.ParseList(Find(headers, "ratelimit-policy"));
        foreach (var limit in limits.Where(limit => limit.Integer("r") is not null))
        {
            var policy = policies.FirstOrDefault(policy => policy.Name == limit.Name);
            Add(quotas, limit.Name, new QuotaReading(
                policy?.Integer("q"), limit.Integer("r"), After(limit.Integer("t"), now), Seconds(policy?.Integer("w"))));
        }

        // Drafts 0 to 7 wrote a dictionary instead.
        var older = StructuredField.ParseDictionary(Find(headers, "ratelimit"));
        if (older.TryGetValue("remaining", out var remaining))
        {
            var policy = policies.Count > 0 ? policies[0] : null;
            Add(quotas, "ratelimit", new QuotaReading(
                StructuredField.ToInteger(older.GetValueOrDefault("limit")), StructuredField.ToInteger(remaining),
                After(StructuredField.ToInteger(older.GetValueOrDefault("reset")), now), Seconds(policy?.Integer("w"))));
        }
    }

    private static QuotaReading? ReadTriple(IReadOnlyDictionary<string, string> headers, string prefix, DateTimeOffset now)
    {
        if (Find(headers, prefix + "remaining") is not { } remaining)
        {
            return null;
        }

        // The limit may carry its policy: "100, 100;w=60" (drafts 0 to 2).
        var limits = StructuredField.ParseList(Find(headers, prefix + "limit"));
        var window = limits.Select(limit => limit.Integer("w")).FirstOrDefault(seconds => seconds is not null);
        var reset = Find(headers, prefix + "reset-after") ?? Find(headers, prefix + "reset");
        return new QuotaReading(
            StructuredField.ToInteger(limits.Count > 0 ? limits[0].Name : null), StructuredField.ToInteger(remaining), ResetTime.Read(reset, now), Seconds(window));
    }

    private static void Add(List<KeyValuePair<string, QuotaReading>> quotas, string name, QuotaReading? reading)
    {
        if (reading is { Remaining: not null })
        {
            quotas.Add(new(name, reading));
        }
    }

    private static string? Find(IReadOnlyDictionary<string, string> headers, string? name) =>
        name is not null && headers.TryGetValue(name, out var value) ? value : null;

    private static DateTimeOffset? After(int? seconds, DateTimeOffset now) =>
        seconds is { } value ? now + TimeSpan.FromSeconds(Math.Min(value, ResetTime.Longest.TotalSeconds)) : null;

    private static TimeSpan? Seconds(int? seconds) => seconds is > 0 ? TimeSpan.FromSeconds(seconds.Value) : null;
}
