using Penstock.Connectors.Budgets;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Errors;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Authentication;

/// <summary>
/// <c>RateLimitedMultipleTokenAuthenticator</c>: several tokens that stand for one another, each with quotas of its own. A token
/// without calls makes room for the next; when none has any, that is a wait.
/// </summary>
internal sealed class RateLimitedTokens : ICallAuthenticator
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(5);
    private readonly ConnectorScope _connector;
    private readonly ManifestNode _status;
    private readonly List<string> _tokens;
    private readonly IReadOnlyList<TokenQuota> _quotas;
    private readonly string _header;
    private readonly string _method;
    private readonly TimeSpan _longestWait;
    private readonly double _reserveFraction;
    private readonly double _leastReserve;
    private readonly HashSet<int> _untracked;
    private readonly Sender _sender;
    private readonly OneAtATime _one = new();
    private readonly Lock _lock = new();
    private Dictionary<(string Token, string Quota), TokenStanding?>? _standings;
    private int _active;

    public RateLimitedTokens(ManifestNode node, ConnectorScope connector)
    {
        _connector = connector;
        _tokens = Tokens(node, connector.Context);
        _quotas = [.. node.List("quotas").Select(quota => new TokenQuota(quota, [.. quota.List("matchers").Select(matcher => BudgetRulesReader.Matcher(matcher, connector.Context))]))];
        _status = node.RequiredChild("quota_status_source") ?? node;
        _header = node.Text("header") ?? "Authorization";
        _method = node.Text("auth_method") ?? "Bearer";
        _reserveFraction = node.Number("budget_reserve_fraction") ?? 0.1;
        _leastReserve = node.Number("budget_min_reserve") ?? 50;
        _untracked = [.. _status.List("unavailable_status_codes").Select(code => code.Scalar.TryGetInt64(out var status) ? (int)status : 0)];
        _sender = new Sender(connector, NoAuth.Instance, new StatusHandler(_untracked), connector.Context, useCache: false, streams: false);
        var wait = node.Template("max_wait_time")?.EvaluateText(connector.Context) ?? "PT2H";
        if (!IsoDuration.TryParse(wait, out var longest) || longest.IsCalendar) node.Error("max_wait_time must be a duration such as PT2H.", "Correct it.");
        _longestWait = longest?.Exact ?? TimeSpan.FromHours(2);
        if (_tokens.Count == 0) node.Error("There is no token.", "Put at least one into the config.");
        if (_quotas.Count == 0) node.Error("There is no quota.", "Give at least one.");
    }

    public ValueTask<Authorization> AuthorizeAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This authenticator looks at calls.");

    public async ValueTask<Authorization> AuthorizeAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var quota = QuotaOf(call);
        for (var asked = 0; ; asked++)
        {
            if (_standings is not null && Take(quota) is { } taken)
            {
                await DelayAsync(taken.Delay, cancellationToken);
                return Authorized.Header(_header, Signed(taken.Token));
            }

            var now = _connector.Time.GetUtcNow();
            var reset = _standings is null ? now : Standings(quota).Min(standing => standing!.ResetAt);
            if (reset <= now && asked > 0) reset = now + ShortestWait;
            if (reset > now)
            {
                return reset - now < _longestWait
                    ? new AuthorizationWaits(reset, $"all {_tokens.Count} tokens are out of calls (quota {quota.Name})")
                    : new AuthorizationFailed(new SourceError(SourceErrorKind.Transient, $"All {_tokens.Count} tokens are out of calls until {reset:O} (quota {quota.Name}), which is longer than max_wait_time."));
            }

            if (await _one.RunAsync(() => AskAsync(quota, cancellationToken)) is { } obstacle) return obstacle;
        }
    }

    public void Learn(HttpCall call, int status, AnswerHeaders headers)
    {
        var quota = QuotaOf(call);
        lock (_lock)
        {
            if (TokenOf(call) is { } token && _standings?.GetValueOrDefault((token, quota.Name)) is { } before)
                _standings[(token, quota.Name)] = quota.After(before, status, headers);
        }
    }

    public bool HasAlternative(HttpCall call)
    {
        var quota = QuotaOf(call);
        lock (_lock)
        {
            return TokenOf(call) is { } sender && _standings?.GetValueOrDefault((sender, quota.Name)) is { Remaining: <= 0 }
                && _tokens.Any(token => token != sender && _standings.GetValueOrDefault((token, quota.Name)) is { Remaining: > 0 });
        }
    }

    // A call of the first token in turn that has one; null if none has.
    private (string Token, TimeSpan Delay)? Take(TokenQuota quota)
    {
        lock (_lock)
        {
            for (var i = 0; i < _tokens.Count; i++)
            {
                var token = _tokens[_active];
                if (_standings![(token, quota.Name)] is not { } standing)
                {
                    // Nothing is told of its calls: the tokens take turns.
                    _active = (_active + 1) % _tokens.Count;
                    return (token, TimeSpan.Zero);
                }

                if (standing.Remaining > 0)
                {
                    _standings[(token, quota.Name)] = standing with { Remaining = standing.Remaining - 1 };
                    return (token, DelayOf(quota, standing.ResetAt));
                }

                _active = (_active + 1) % _tokens.Count;
            }

            return null;
        }
    }

    // The last calls are spread over the time until there are more.
    private TimeSpan DelayOf(TokenQuota quota, DateTimeOffset reset)
    {
        var standings = Standings(quota).ToList();
        if (standings.Any(one => one is null || one.Remaining > Math.Max(_leastReserve, one.Limit * _reserveFraction))) return TimeSpan.Zero;
        var (left, calls) = (reset - _connector.Time.GetUtcNow(), standings.Sum(one => one!.Remaining));
        if (calls <= 0 || left <= TimeSpan.Zero) return TimeSpan.Zero;
        return left / calls is var delay && delay < LongestDelay ? delay : LongestDelay;
    }

    private async ValueTask DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (_connector.Options.WaitCap is { } cap && delay > cap) delay = cap;
        if (delay >= TimeSpan.FromSeconds(0.1)) await Task.Delay(delay, _connector.Time, cancellationToken);
    }

    private async ValueTask<Authorization?> AskAsync(TokenQuota quota, CancellationToken cancellationToken)
    {
        // Another call may have asked meanwhile.
        if (_standings is not null && Standings(quota).Any(one => one is null || one.Remaining > 0)) return null;
        var told = new Dictionary<(string, string), TokenStanding?>();
        foreach (var token in _tokens)
        {
            var outcome = await _sender.SendAsync(_ => StatusCall(token), cancellationToken);
            if (outcome is not Delivered { Answer: var answer }) return Authorization.Of(outcome);
            using (answer)
            {
                var body = _untracked.Contains(answer.Status) ? (Value?)null : ValueJsonReader.Read((await answer.ReadAsync(cancellationToken)).Written.Span, LargeIntegers.Float);
                foreach (var one in _quotas) told[(token, one.Name)] = body is { } status ? one.Read(status) : null;
            }
        }

        lock (_lock) _standings = told;
        return null;
    }

    private HttpCall StatusCall(string token)
    {
        var headers = _status.Mapping("request_headers")?.Evaluate(_connector.Context) ?? new DictValue();
        headers[_header] = Signed(token);
        return RequestBuilder.Build(
            (_status.Text("http_method") ?? "GET").ToUpperInvariant(), _status.RequiredTemplate("url").EvaluateText(_connector.Context),
            place => place == InjectInto.Header ? headers : Value.None, [_header]);
    }

    private TokenQuota QuotaOf(HttpCall call)
    {
        var asked = Sender.ToBudget(call);
        return _quotas.FirstOrDefault(quota => quota.Takes(asked)) ?? _quotas.FirstOrDefault(quota => quota.IsDefault) ?? _quotas[0];
    }

    private IEnumerable<TokenStanding?> Standings(TokenQuota quota) => _tokens.Select(token => _standings![(token, quota.Name)]);

    private string? TokenOf(HttpCall call)
    {
        var value = call.Headers.FirstOrDefault(header => header.Key.Equals(_header, StringComparison.OrdinalIgnoreCase)).Value;
        return _tokens.FirstOrDefault(token => Signed(token) == value);
    }

    private string Signed(string token) => $"{_method} {token}".Trim();

    private static List<string> Tokens(ManifestNode node, EvaluationContext context)
    {
        var isOne = node.Field("tokens")?.Kind == NodeKind.Scalar;
        var texts = isOne
            ? node.RequiredTemplate("tokens").EvaluateText(context).Split(node.Text("token_delimiter") is { Length: > 0 } delimiter ? delimiter : ",")
            : [.. node.TemplateList("tokens").EvaluateTexts(context)];
        return [.. texts.Select(text => text.Trim()).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The statuses that mean «there are no quotas» are answers; the others mean what they usually do.</summary>
    private sealed class StatusHandler(HashSet<int> untracked) : IErrorHandler
    {
        public bool ReadsBody => false;

        public Resolution Interpret(AnswerView answer) => untracked.Contains(answer.Status)
            ? new Resolution(ResponseAction.Ignore)
            : answer.IsOk ? Resolution.Success : DefaultMapping.Find(answer.Status) ?? DefaultMapping.Fallback(answer.Status);
    }
}
