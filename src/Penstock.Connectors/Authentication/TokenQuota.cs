using System.Globalization;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Authentication;

/// <summary><c>TokenQuota</c>: a pool of calls that each token has, and where the source tells how many are left.</summary>
internal sealed class TokenQuota
{
    private readonly IReadOnlyList<CallMatcher> _matchers;
    private readonly IReadOnlyList<string> _remaining;
    private readonly IReadOnlyList<string> _reset;
    private readonly IReadOnlyList<string> _limit;
    private readonly string? _remainingHeader;
    private readonly string? _resetHeader;
    private readonly string? _limitHeader;
    private readonly HashSet<int> _exhausted;

    public TokenQuota(ManifestNode node, IReadOnlyList<CallMatcher> matchers)
    {
        Name = node.RequiredText("name");
        _matchers = matchers;
        (_remaining, _reset, _limit) = (Path(node, "remaining_path"), Path(node, "reset_path"), Path(node, "limit_path"));
        (_remainingHeader, _resetHeader, _limitHeader) = (node.Text("remaining_header"), node.Text("reset_header"), node.Text("limit_header"));
        _exhausted = [.. node.List("exhaustion_status_codes").Select(code => code.Scalar.TryGetInt64(out var status) ? (int)status : 0)];
    }

    public string Name { get; }

    /// <summary>Whether calls that no other pool takes go here.</summary>
    public bool IsDefault => _matchers.Count == 0;

    public bool Takes(Call call) => _matchers.Any(matcher => matcher.Matches(call));

    /// <summary>How a token stands, by the source's status of it.</summary>
    /// <exception cref="SourceFaultException">A path of the manifest isn't in it.</exception>
    public TokenStanding Read(Value status)
    {
        var remaining = Number(At(status, _remaining));
        return new TokenStanding(remaining, Time(At(status, _reset).ToString()) ?? throw Missing(_reset), _limit.Count > 0 ? Number(At(status, _limit)) : remaining);
    }

    /// <summary>How a token stands after an answer; as before if it says nothing.</summary>
    public TokenStanding After(TokenStanding before, int status, AnswerHeaders headers)
    {
        var isExhausted = _exhausted.Contains(status);
        var remaining = Header(headers, _remainingHeader) ?? (isExhausted ? 0 : null);
        var reset = _resetHeader is null ? null : Time(headers.Find(_resetHeader));
        var limit = Header(headers, _limitHeader) is > 0 and var told && !(reset < before.ResetAt) ? told : before.Limit;
        if (reset > before.ResetAt) return new TokenStanding(remaining ?? limit, reset.Value, limit);
        // Answers come out of order: in one window the number only falls, and one of a window that is over says nothing.
        var counts = remaining is not null && ((remaining <= 0 && isExhausted) || reset is null || reset >= before.ResetAt - TimeSpan.FromMinutes(1));
        return before with { Limit = limit, Remaining = counts ? Math.Min(before.Remaining, remaining!.Value) : before.Remaining };
    }

    private Value At(Value status, IReadOnlyList<string> path) => path.Count > 0 && Dpath.TryGet(status, path, out var found) ? found : throw Missing(path);

    private SourceFaultException Missing(IReadOnlyList<string> path) =>
        SourceFaultException.System($"The source's status of its quotas has no usable value at {string.Join('.', path)}, where the quota '{Name}' has it.");

    private long Number(Value value) => double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
        ? (long)Math.Clamp(number, 0, 1e15)
        : throw SourceFaultException.System($"The source's status of the quota '{Name}' isn't a number.");

    private static long? Header(AnswerHeaders headers, string? name) =>
        name is not null && long.TryParse(headers.Find(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Time(string? text) => ExpiryDate.Read(text);

    private static List<string> Path(ManifestNode node, string field) => [.. node.List(field).Select(segment => segment.Scalar.ToString())];
}

/// <summary>How a token stands in a pool.</summary>
/// <param name="Remaining">The calls left.</param>
/// <param name="ResetAt">When there are all again.</param>
/// <param name="Limit">How many all are.</param>
internal sealed record TokenStanding(long Remaining, DateTimeOffset ResetAt, long Limit);
