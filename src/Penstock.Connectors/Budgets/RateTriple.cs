namespace Penstock.Connectors.Budgets;

/// <summary>
/// Limit, remaining and reset of one quota in three headers: <c>RateLimit-*</c>, <c>X-RateLimit-*</c> and their relatives. A
/// source with several quotas gives each a suffix (<c>X-RateLimit-Remaining-Minute</c>) or names the one that a call counts
/// against (<c>X-RateLimit-Resource</c>).
/// </summary>
internal sealed class RateTriple
{
    private static readonly string[] Prefixes = ["ratelimit-", "x-ratelimit-", "x-rate-limit-", "rate-limit-"];
    private static readonly Dictionary<string, TimeSpan> Windows = new()
    {
        ["second"] = TimeSpan.FromSeconds(1),
        ["minute"] = TimeSpan.FromMinutes(1),
        ["hour"] = TimeSpan.FromHours(1),
        ["day"] = TimeSpan.FromDays(1),
        ["daily"] = TimeSpan.FromDays(1),
    };

    private readonly TimeSpan? _window;
    private string? _limit;
    private string? _remaining;
    private string? _reset;

    private RateTriple(TimeSpan? window) => _window = window;

    /// <summary>Finds the triples among headers, by a name that tells them apart.</summary>
    public static IReadOnlyDictionary<string, RateTriple> Find(IReadOnlyDictionary<string, string> headers)
    {
        var triples = new SortedDictionary<string, RateTriple>(StringComparer.Ordinal);
        foreach (var (name, value) in headers)
        {
            if (Prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
            {
                Put(triples, headers, prefix, name[prefix.Length..], value);
            }
        }

        return triples;
    }

    /// <summary>Reads what they tell.</summary>
    public QuotaReading Read(DateTimeOffset now, TimeSpan ahead)
    {
        // The limit may carry its policy: "100, 100;w=60" (drafts 0 to 2).
        var limits = StructuredField.ParseList(_limit);
        var window = limits.Select(limit => limit.Integer("w")).FirstOrDefault(seconds => seconds is > 0);
        return new QuotaReading(
            StructuredField.ToInteger(limits.Count > 0 ? limits[0].Name : null), StructuredField.ToInteger(_remaining), ResetTime.Read(_reset, now, ahead),
            window is { } seconds ? TimeSpan.FromSeconds(seconds) : _window);
    }

    private static void Put(
        SortedDictionary<string, RateTriple> triples, IReadOnlyDictionary<string, string> headers, string prefix, string rest, string value)
    {
        var part = rest.StartsWith("limit", StringComparison.Ordinal) ? "limit"
            : rest.StartsWith("remaining", StringComparison.Ordinal) ? "remaining"
            : rest.StartsWith("reset-after", StringComparison.Ordinal) ? "reset-after"
            : rest.StartsWith("reset", StringComparison.Ordinal) ? "reset" : null;
        if (part is null || (rest.Length > part.Length && rest[part.Length] != '-'))
        {
            return;
        }

        var suffix = rest.Length > part.Length ? rest[(part.Length + 1)..] : headers.GetValueOrDefault(prefix + "resource") ?? "";
        var name = suffix.Length == 0 ? prefix : $"{prefix}{suffix}";
        if (!triples.TryGetValue(name, out var triple))
        {
            triples[name] = triple = new RateTriple(Windows.TryGetValue(suffix, out var window) ? window : null);
        }

        switch (part)
        {
            case "limit": triple._limit = value; break;
            case "remaining": triple._remaining = value; break;
            case "reset-after": triple._reset = value; break;
            default: triple._reset ??= value; break;
        }
    }
}
