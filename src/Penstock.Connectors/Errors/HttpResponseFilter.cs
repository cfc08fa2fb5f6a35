using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Errors;

/// <summary><c>HttpResponseFilter</c>: an action for the answers that match by status, condition or message.</summary>
internal sealed class HttpResponseFilter
{
    private readonly ResponseAction? _action;
    private readonly SourceErrorKind? _kind;
    private readonly HashSet<int> _statuses;
    private readonly InterpolatedBoolean? _predicate;
    private readonly string? _contains;
    private readonly InterpolatedString? _message;

    private HttpResponseFilter(ManifestNode node)
    {
        _action = node.Text("action") switch
        {
            null => null,
            "SUCCESS" => ResponseAction.Success,
            "FAIL" => ResponseAction.Fail,
            "RETRY" => ResponseAction.Retry,
            "IGNORE" => ResponseAction.Ignore,
            "RATE_LIMITED" => ResponseAction.RateLimited,
            "RESET_PAGINATION" => ResponseAction.ResetPagination,
            "REFRESH_TOKEN_THEN_RETRY" => ResponseAction.RefreshTokenThenRetry,
            var other => Unknown(node, other),
        };
        _kind = node.Text("failure_type") switch
        {
            "config_error" => SourceErrorKind.Config,
            "transient_error" => SourceErrorKind.Transient,
            "system_error" => SourceErrorKind.System,
            _ => null,
        };
        _statuses = [.. node.List("http_codes").Select(code => code.Scalar.TryGetInt64(out var status) ? (int)status : 0)];
        _predicate = node.Condition("predicate");
        _contains = node.Text("error_message_contains") is { Length: > 0 } contains ? contains : null;
        _message = node.Text("error_message") is { Length: > 0 } ? node.Template("error_message") : null;
    }

    public static HttpResponseFilter Read(ManifestNode node) => new(node);

    public bool ReadsBody => _predicate is not null || _contains is not null || _message is { IsConstant: false };

    /// <summary>The resolution, or null if the answer doesn't match.</summary>
    public Resolution? Match(AnswerView answer)
    {
        // A filter without an action decides nothing, even if it matches.
        if (_action is not { } action || !Matches(answer))
        {
            return null;
        }

        var mapped = DefaultMapping.Find(answer.Status);
        var message = _message?.EvaluateText(answer.Context) is { Length: > 0 } text ? text : mapped?.Message;
        var kind = action == ResponseAction.Fail && _kind is { } given ? given : mapped?.Kind ?? SourceErrorKind.System;
        return new Resolution(action, kind, message);
    }

    private bool Matches(AnswerView answer) =>
        _statuses.Contains(answer.Status)
        || _predicate?.Evaluate(answer.Context) == true
        || (_contains is not null && answer.ErrorText()?.Contains(_contains, StringComparison.Ordinal) == true);

    private static ResponseAction? Unknown(ManifestNode node, string action)
    {
        node.Error(
            $"The action {action} is unknown.",
            "Use SUCCESS, FAIL, RETRY, IGNORE, RATE_LIMITED, RESET_PAGINATION or REFRESH_TOKEN_THEN_RETRY.");
        return null;
    }
}
