using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Pagination;

/// <summary><c>CursorPagination</c>: the source's own token, found in the response, its headers or the last record.</summary>
internal sealed class CursorPagination(InterpolatedString cursorValue, InterpolatedBoolean? stopCondition, long? pageSize) : IPaginationStrategy
{
    public Value FirstToken => Value.None;

    public long? PageSize => pageSize;

    public IReadOnlySet<string>? ResponseFields { get; } = FieldUses.Of(VariableNames.Response, [cursorValue.Text, stopCondition?.Text ?? ""]);

    public Value Next(PageView page, Value token)
    {
        if (stopCondition?.Evaluate(page.Context) == true)
        {
            return Value.None;
        }

        var next = cursorValue.Evaluate(page.Context);
        return next.IsTruthy ? next : Value.None;
    }
}

/// <summary><c>PageIncrement</c>: pages are numbered; the first one that isn't full is the last.</summary>
internal sealed class PageIncrement(long? pageSize, long startFromPage, bool injectOnFirstRequest) : IPaginationStrategy
{
    public Value FirstToken => injectOnFirstRequest ? startFromPage : Value.None;

    public long? PageSize => pageSize;

    public IReadOnlySet<string>? ResponseFields { get; } = new HashSet<string>();

    public Value Next(PageView page, Value token)
    {
        if (page.RecordsOfSource == 0 || page.RecordsOfSource < pageSize)
        {
            return Value.None;
        }

        return Increments.Number(token, startFromPage) + 1;
    }
}

/// <summary><c>OffsetIncrement</c>: pages begin at a record's number; the first one that isn't full is the last.</summary>
internal sealed class OffsetIncrement(InterpolatedString? pageSize, EvaluationContext config, bool injectOnFirstRequest) : IPaginationStrategy
{
    public Value FirstToken => injectOnFirstRequest ? 0 : Value.None;

    public long? PageSize => pageSize is null ? null : Size(config);

    public IReadOnlySet<string>? ResponseFields { get; } = FieldUses.Of(VariableNames.Response, [pageSize?.Text ?? ""]);

    public Value Next(PageView page, Value token)
    {
        // A size may be told by the response, but mostly isn't; then the response needn't be decoded.
        var size = pageSize is null ? null : pageSize.IsConstant ? Size(config) : Size(config.Inner().Set(VariableNames.Response, page.Response));
        if (page.RecordsOfSource == 0 || page.RecordsOfSource < size)
        {
            return Value.None;
        }

        return Increments.Number(token, 0) + page.RecordsOfSource;
    }

    private long? Size(EvaluationContext context) => pageSize!.Evaluate(context).TryGetInt64(out var size)
        ? size
        : throw SourceFaultException.System($"page_size '{pageSize.Text}' is not a whole number.");
}

/// <summary>Page numbers and offsets.</summary>
internal static class Increments
{
    public static long Number(Value token, long first)
    {
        if (token.IsNone)
        {
            return first;
        }

        return token.TryGetInt64(out var number) ? number : throw SourceFaultException.System("The last page's token is not a whole number.");
    }
}
