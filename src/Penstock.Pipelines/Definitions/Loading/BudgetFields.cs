using System.Globalization;
using System.Text.RegularExpressions;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.Values;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>
/// Reads <c>budget</c>: <c>{ limits: [{ calls: 600, per: PT1M }, { concurrency: 4, path: "^/export" }], live_share: 0.2,
/// headers: { remaining: X-Calls-Left } }</c>.
/// </summary>
internal static partial class BudgetFields
{
    public static BudgetRules Read(Fields pipeline)
    {
        if (pipeline.Map("budget") is not { } fields)
            return BudgetRules.None;
        if (!pipeline.Has("connector"))
            pipeline.Add("budget", "Nothing is pulled: the pipeline has no connector.", "Remove the budget, or add a connector.");
        var rules = new BudgetRules
        {
            Limits = [.. fields.Maps("limits").Select(Limit).OfType<CallPolicy>()],
            LiveShare = Share(fields) ?? BudgetRules.None.LiveShare,
        };
        if (fields.Map("headers") is { } headers)
        {
            rules = rules with
            {
                LimitHeader = Header(headers, "limit"),
                RemainingHeader = Header(headers, "remaining"),
                ResetHeader = Header(headers, "reset"),
                RetryAfterHeader = Header(headers, "retry_after"),
            };
            if (headers.Has("remaining") != headers.Has("reset"))
                headers.Add(headers.Has("reset") ? "reset" : "remaining", "'remaining' and 'reset' tell a quota together only.", "Name both headers.");
            headers.RejectOthers();
        }

        fields.RejectOthers();
        return rules;
    }

    /// <summary>Writes what distinguishes one budget from another.</summary>
    public static string Write(BudgetRules rules) => string.Join(
        '|', [.. rules.Limits.Select(limit => limit.Key), rules.LiveShare, rules.LimitHeader, rules.RemainingHeader, rules.ResetHeader, rules.RetryAfterHeader]);

    private static CallPolicy? Limit(Fields fields)
    {
        int? calls = fields.Integer("calls", 1);
        TimeSpan? per = fields.Duration("per", TimeSpan.FromSeconds(1));
        int? concurrency = fields.Integer("concurrency", 1);
        string? method = fields.Text("method")?.ToUpperInvariant();
        string? path = Pattern(fields);
        if (fields.Has("calls") != fields.Has("per"))
            fields.Add(fields.Has("per") ? "per" : "calls", "A limit of calls has both 'calls' and 'per'.", "Write, for example: { calls: 600, per: PT1M }");
        else if (!fields.Has("calls") && !fields.Has("concurrency"))
            fields.Missing("calls", "{ calls: 600, per: PT1M }, or { concurrency: 4 }");
        fields.RejectOthers();

        CallRate[] rates = calls is { } limit && per is { } interval ? [new CallRate(limit, interval)] : [];
        CallMatcher[] matchers = method is null && path is null ? [] : [new CallMatcher { Method = method, PathPattern = path }];
        if (rates.Length == 0 && concurrency is null)
            return null;
        // Pipelines that use one credential share a limit where they say the same.
        string name = string.Join(' ', new[] { method, path }.OfType<string>().Concat(rates.Select(rate => rate.ToString())).Concat(concurrency is { } most ? [$"{most} at once"] : []));
        return new CallPolicy($"budget: {name}", matchers, rates) { Concurrency = concurrency };
    }

    private static double? Share(Fields fields)
    {
        if (fields.Text("live_share") is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share <= 0.9)
            return share;
        fields.Add("live_share", $"'{text}' isn't a share.", "Write a number from 0 to 0.9, for example 0.2.");
        return null;
    }

    private static string? Header(Fields headers, string name)
    {
        if (headers.Text(name) is not { } header)
            return null;
        if (!Token().IsMatch(header))
            headers.Add(name, $"'{header}' can't be a header's name.", "Write, for example, X-RateLimit-Remaining.");
        return header.ToLowerInvariant();
    }

    private static string? Pattern(Fields fields)
    {
        if (fields.Text("path") is not { } pattern)
            return null;
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, MatchTime.Longest);
            return pattern;
        }
        catch (ArgumentException)
        {
            fields.Add("path", $"'{pattern}' isn't a regular expression.", "It is searched for in the path: write, for example, ^/v1/search");
            return null;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex Token();
}
