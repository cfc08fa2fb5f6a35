using System.Text.RegularExpressions;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Budgets;

/// <summary>Reads the manifest's <c>api_budget</c>.</summary>
internal sealed class BudgetRulesReader
{
    private readonly EvaluationContext _context;

    private BudgetRulesReader(EvaluationContext context) => _context = context;

    /// <summary>Reads the rules; what can't work is reported and left out.</summary>
    public static BudgetRules Read(ManifestNode? node, DictValue config, TimeProvider time)
    {
        if (node is null) return BudgetRules.None;
        var reader = new BudgetRulesReader(new EvaluationContext(config, time));
        return new BudgetRules
        {
            Policies = [.. node.List("policies").Select(reader.Policy).OfType<CallPolicy>()],
            RemainingHeader = node.Text("ratelimit_remaining_header")?.ToLowerInvariant(),
            ResetHeader = node.Text("ratelimit_reset_header")?.ToLowerInvariant(),
            LimitStatuses = node.Field("status_codes_for_ratelimit_hit") is null ? [429] : [.. node.List("status_codes_for_ratelimit_hit").Select(status => (int)(Number(status) ?? 429))],
        };
    }

    private CallPolicy? Policy(ManifestNode node, int index)
    {
        try
        {
            return Read(node, index);
        }
        catch (ExpressionException fault)
        {
            node.Error(fault.Message, "Correct the config or the manifest.");
            return null;
        }
    }

    // Connectors that use one credential share its scopes only where they declare the same.
    private CallPolicy? Read(ManifestNode node, int index) =>
        ReadParts(node) is not var (matchers, rates) ? null
        : new CallPolicy(rates.Count == 0 ? $"unlimited {index}" : $"policy {index}: {string.Join(", ", rates)}", matchers, rates);

    private (IReadOnlyList<CallMatcher> Matchers, IReadOnlyList<CallRate> Rates)? ReadParts(ManifestNode node)
    {
        var matchers = node.List("matchers").Select(Matcher).ToList();
        switch (node.Type)
        {
            case "MovingWindowCallRatePolicy":
                return (matchers, [.. node.List("rates").Select(rate => Rate(rate, "limit", "interval")).OfType<CallRate>()]);
            case "FixedWindowCallRatePolicy":
                return (matchers, Rate(node, "call_limit", "period") is { } rate ? [rate] : []);
            case "UnlimitedCallRatePolicy":
                return (matchers, []);
            default:
                node.Unsupported("MovingWindowCallRatePolicy", "FixedWindowCallRatePolicy", "UnlimitedCallRatePolicy");
                return null;
        }
    }

    private CallRate? Rate(ManifestNode node, string limitField, string intervalField)
    {
        var limit = node.RequiredTemplate(limitField).Evaluate(_context);
        if (!limit.TryGetInt64(out var calls) || calls < 1)
        {
            node.Error($"{limitField} isn't a positive whole number.", "Correct the manifest or the config.");
            return null;
        }

        if (IsoDuration.TryParse(node.RequiredTemplate(intervalField).EvaluateText(_context), out var interval) && !interval.IsCalendar && interval.Exact > TimeSpan.Zero)
            return new CallRate((int)Math.Min(calls, int.MaxValue), interval.Exact);
        node.Error($"{intervalField} isn't an ISO 8601 duration of weeks, days, hours, minutes or seconds.", "Write for example PT1M.");
        return null;
    }

    /// <summary>Reads a matcher by itself.</summary>
    public static CallMatcher Matcher(ManifestNode node, EvaluationContext context) => new BudgetRulesReader(context).Matcher(node);

    private CallMatcher Matcher(ManifestNode node) => new()
    {
        Method = node.Text("method")?.ToUpperInvariant(),
        UrlBase = node.Template("url_base")?.EvaluateText(_context),
        PathPattern = Pattern(node),
        Params = Texts(node, "params"),
        Headers = Texts(node, "headers").ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value, StringComparer.Ordinal),
        Weight = (int)Math.Clamp(node.Integer("weight") ?? 1, 1, 1000),
    };

    private static string? Pattern(ManifestNode node)
    {
        var pattern = node.Text("url_path_pattern");
        if (pattern is null) return null;
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, MatchTime.Longest);
            return pattern;
        }
        catch (ArgumentException)
        {
            node.Field("url_path_pattern")!.Error("This isn't a regular expression.", "Correct the pattern.");
            return null;
        }
    }

    private Dictionary<string, string> Texts(ManifestNode node, string field) =>
        (node.Mapping(field)?.Evaluate(_context).Entries ?? []).ToDictionary(entry => entry.Key.ToString(), entry => entry.Value.ToString(), StringComparer.Ordinal);

    private static long? Number(ManifestNode status) => status.Scalar.TryGetInt64(out var number) ? number : null;
}
