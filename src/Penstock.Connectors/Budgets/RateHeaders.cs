namespace Penstock.Connectors.Budgets;

/// <summary>Learns limits from an answer's headers, whatever dialect they speak.</summary>
internal static class RateHeaders
{
    private static readonly string[] RetryMilliseconds = ["retry-after-ms", "x-ms-retry-after-ms"];

    /// <summary>Reads the headers.</summary>
    /// <param name="answer">The answer; header names in lower case.</param>
    /// <param name="rules">Names the source's own headers and the statuses that mean a limit.</param>
    /// <param name="now">The present.</param>
    public static RateReading Read(SourceAnswer answer, BudgetRules rules, DateTimeOffset now)
    {
        var headers = answer.Headers;
        var ahead = ResetTime.ClockAhead(Find(headers, "date"), now);
        var quotas = new List<KeyValuePair<string, QuotaReading>>();
        ReadStandard(headers, now, quotas);
        foreach (var (name, triple) in RateTriple.Find(headers))
        {
            Add(quotas, name, triple.Read(now, ahead));
        }

        if (rules.RemainingHeader is not null || rules.ResetHeader is not null)
        {
            Add(quotas, "declared", new QuotaReading(
                StructuredField.ToInteger(Find(headers, rules.LimitHeader)), StructuredField.ToInteger(Find(headers, rules.RemainingHeader)),
                ResetTime.Read(Find(headers, rules.ResetHeader), now, ahead), null));
        }

        var asksToWait = rules.LimitStatuses.Contains(answer.Status) || answer.Status is 429 or 503;
        return new RateReading(asksToWait ? RetryAt(headers, rules, now, ahead) : null, quotas);
    }

    private static DateTimeOffset? RetryAt(IReadOnlyDictionary<string, string> headers, BudgetRules rules, DateTimeOffset now, TimeSpan ahead)
    {
        foreach (var name in RetryMilliseconds)
        {
            if (StructuredField.ToInteger(Find(headers, name)) is { } milliseconds)
            {
                return now + TimeSpan.FromMilliseconds(Math.Min(milliseconds, ResetTime.Longest.TotalMilliseconds));
            }
        }

        return ResetTime.Read(Find(headers, rules.RetryAfterHeader) ?? Find(headers, "retry-after"), now, ahead);
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
