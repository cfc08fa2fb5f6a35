using System.Globalization;
using System.Text.RegularExpressions;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Budgets;

/// <summary>Reads a manifest's <c>api_budget</c>.</summary>
internal static class BudgetReader
{
    /// <summary>The declared limits; none if there is no budget.</summary>
    /// <param name="node">The <c>HTTPAPIBudget</c>, or null.</param>
    /// <param name="config">The config, for limits that are templates.</param>
    public static BudgetRules Read(ManifestNode? node, EvaluationContext config)
    {
        if (node is null)
        {
            return BudgetRules.None;
        }

        var statuses = node.List("status_codes_for_ratelimit_hit").Select(code => code.Scalar.TryGetInt64(out var status) ? (int)status : 0).ToList();
        return new BudgetRules
        {
            Policies = [.. node.List("policies").Select((policy, index) => ReadPolicy(policy, $"api_budget.policies[{index}]", config)).OfType<CallPolicy>()],
            RemainingHeader = node.Text("ratelimit_remaining_header")?.ToLowerInvariant(),
            ResetHeader = node.Text("ratelimit_reset_header")?.ToLowerInvariant(),
            LimitStatuses = statuses.Count > 0 ? statuses : [429],
        };
    }

    private static CallPolicy? ReadPolicy(ManifestNode node, string key, EvaluationContext config)
    {
        IEnumerable<CallRate?> rates;
        switch (node.Type)
        {
            case "UnlimitedCallRatePolicy":
                rates = [];
                break;
            case "FixedWindowCallRatePolicy":
                // Where the source's window begins is unknown, so that no interval of its length may have more.
                rates = [ReadRate(node, "call_limit", "period", config)];
                break;
            case "MovingWindowCallRatePolicy":
                rates = node.List("rates").Select(rate => ReadRate(rate, "limit", "interval", config));
                break;
            default:
                node.Unsupported("FixedWindowCallRatePolicy", "MovingWindowCallRatePolicy", "UnlimitedCallRatePolicy");
                return null;
        }

        return new CallPolicy(key, [.. node.List("matchers").Select(matcher => ReadMatcher(matcher, config)).OfType<CallMatcher>()], [.. rates.OfType<CallRate>()]);
    }

    private static CallRate? ReadRate(ManifestNode node, string limitField, string intervalField, EvaluationContext config)
    {
        var limit = Number(node, limitField, config);
        if (limit is > 0 && IsoDuration.TryParse(node.RequiredText(intervalField), out var interval) && !interval.IsCalendar && interval.Exact > TimeSpan.Zero)
        {
            return new CallRate(limit.Value, interval.Exact);
        }

        node.Error("The rate can't be used.", $"Give {limitField} as a positive whole number and {intervalField} as an ISO 8601 duration such as PT1M.");
        return null;
    }

    private static CallMatcher? ReadMatcher(ManifestNode node, EvaluationContext config)
    {
        try
        {
            return new CallMatcher
            {
                Method = node.Text("method"),
                UrlBase = node.Template("url_base")?.EvaluateText(config),
                PathPattern = node.Text("url_path_pattern"),
                Params = Texts(node, "params"),
                Headers = Texts(node, "headers").ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value),
                Weight = node.Has("weight") ? Math.Max(1, Number(node, "weight", config) ?? 1) : 1,
            };
        }
        catch (Exception wrong) when (wrong is RegexParseException or ExpressionException)
        {
            node.Error($"The matcher can't be used: {wrong.Message}", "Correct url_path_pattern or url_base.");
            return null;
        }
    }

    private static Dictionary<string, string> Texts(ManifestNode node, string field) =>
        node.Child(field)?.Fields.ToDictionary(entry => entry.Key, entry => entry.Value.Scalar.ToString()) ?? [];

    private static int? Number(ManifestNode node, string field, EvaluationContext config) =>
        int.TryParse(node.RequiredTemplate(field).EvaluateText(config), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
