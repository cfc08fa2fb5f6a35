using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Pagination;

/// <summary><c>DefaultPaginator</c>, and <c>NoPagination</c> as one without a strategy: which page comes next, and how it is asked for.</summary>
internal sealed class Paginator(IPaginationStrategy? strategy, RequestOption? tokenOption, bool tokenIsPath, RequestOption? sizeOption, EvaluationContext config)
{
    /// <summary>One page is all.</summary>
    public static Paginator None { get; } = new(null, null, false, null, new EvaluationContext(Value.None, TimeProvider.System));

    /// <summary>The token of the first page; none if the first request has none.</summary>
    public Value FirstToken => strategy?.FirstToken ?? Value.None;

    /// <summary>The top-level fields of the response that decide the next page; null if any may.</summary>
    public IReadOnlySet<string>? ResponseFields { get; } = strategy is null ? new HashSet<string>() : strategy.ResponseFields;

    /// <summary>The token of the next page; none after the last.</summary>
    public Value Next(PageView page, Value token) => strategy?.Next(page, token) ?? Value.None;

    /// <summary>The path or the whole address of a page; null if the token goes elsewhere.</summary>
    public string? Path(Value token) => tokenIsPath && token.IsTruthy ? token.ToString() : null;

    /// <summary>Adds the token and the page size to a place of the request.</summary>
    public void AddTo(InjectInto place, DictValue target, Value token)
    {
        if (tokenOption?.Place == place && !token.IsNone)
        {
            tokenOption.Inject(target, token, config);
        }

        if (sizeOption?.Place == place && strategy?.PageSize is { } size and not 0)
        {
            sizeOption.Inject(target, size, config);
        }
    }
}
