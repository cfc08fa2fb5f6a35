using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Pagination;

/// <summary>A page that was read, as paging strategies see it. Values are made only if a strategy asks.</summary>
internal sealed class PageView(AnswerHeaders headers, Func<Value> response, Func<Value> lastRecord, EvaluationContext config)
{
    private EvaluationContext? _context;
    private Value? _response;
    private Value? _lastRecord;

    /// <summary>The page's records as the source gave them, before filters.</summary>
    public required long RecordsOfSource { get; init; }

    /// <summary>The page's records after filters.</summary>
    public required long Records { get; init; }

    /// <summary>The decoded response.</summary>
    public Value Response => _response ??= response();

    /// <summary>The last record after filters and transformations; none for an empty page.</summary>
    public Value LastRecord => _lastRecord ??= lastRecord();

    /// <summary>The variables of paging templates.</summary>
    public EvaluationContext Context => _context ??= config.Inner()
        .Set(VariableNames.Response, Response)
        .Set(VariableNames.Headers, Headers())
        .Set(VariableNames.LastRecord, LastRecord)
        .Set(VariableNames.LastPageSize, Records);

    /// <summary>The headers as sent, and under <c>link</c> the links by relation, as the reference gives them.</summary>
    private DictValue Headers()
    {
        var mapping = new DictValue(headers.Select(header => KeyValuePair.Create<Value, Value>(header.Key, header.Value)));
        var links = new DictValue();
        foreach (var link in LinkHeader.Parse(headers.Find("link")))
        {
            links[link.Key] = new DictValue(link.Fields.Select(field => KeyValuePair.Create<Value, Value>(field.Key, field.Value)));
        }

        mapping["link"] = links;
        return mapping;
    }
}
