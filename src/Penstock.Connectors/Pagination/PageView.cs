using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Pagination;

/// <summary>A page that was read, as paging strategies see it. Values are made only if a strategy asks.</summary>
public sealed class PageView
{
    private readonly AnswerHeaders _headers;
    private readonly Func<Value> _findResponse;
    private readonly Func<Value> _findLastRecord;
    private readonly EvaluationContext _config;
    private EvaluationContext? _context;
    private Value? _response;
    private Value? _lastRecord;

    internal PageView(AnswerHeaders headers, Func<Value> response, Func<Value> lastRecord, EvaluationContext config) =>
        (_headers, _findResponse, _findLastRecord, _config) = (headers, response, lastRecord, config);

    /// <summary>The page's records as the source gave them, before filters.</summary>
    public required long RecordsOfSource { get; init; }

    /// <summary>The page's records after filters.</summary>
    public required long Records { get; init; }

    /// <summary>The decoded response.</summary>
    public Value Response => _response ??= _findResponse();

    /// <summary>The last record after filters and transformations; none for an empty page.</summary>
    public Value LastRecord => _lastRecord ??= _findLastRecord();

    /// <summary>The variables of paging templates.</summary>
    public EvaluationContext Context => _context ??= _config.Inner()
        .Set(VariableNames.Response, Response)
        .Set(VariableNames.Headers, Headers())
        .Set(VariableNames.LastRecord, LastRecord)
        .Set(VariableNames.LastPageSize, Records);

    /// <summary>The headers as sent, and under <c>link</c> the links by relation, as the reference gives them.</summary>
    private DictValue Headers()
    {
        var mapping = new DictValue(_headers.Select(header => KeyValuePair.Create<Value, Value>(header.Key, header.Value)));
        var links = new DictValue();
        foreach (var link in LinkHeader.Parse(_headers.Find("link")))
        {
            links[link.Key] = new DictValue(link.Fields.Select(field => KeyValuePair.Create<Value, Value>(field.Key, field.Value)));
        }

        mapping["link"] = links;
        return mapping;
    }
}
