using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Pagination;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Retrieval;

/// <summary>Asks for one page of a slice.</summary>
internal sealed class PageRequest(SimpleRetriever retriever, SliceScope slice)
{
    /// <summary>The variables of requests and records: the config, the slice, its extra fields and the page's token.</summary>
    /// <param name="token">The page's token; none for a first page without one.</param>
    public EvaluationContext Variables(Value token)
    {
        var variables = retriever.Parts.Connector.Context.Inner();
        foreach (var (name, value) in slice.Variables?.Entries ?? [])
        {
            variables.Set(name.ToString(), value);
        }

        return variables.Set(VariableNames.StreamSlice, slice.StreamSlice).Set(VariableNames.NextPageToken, Wrap(token));
    }

    /// <summary>Sends the request.</summary>
    /// <param name="token">The page's token.</param>
    /// <param name="properties">The properties to ask for; null if requests name none.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public ValueTask<SendOutcome> SendAsync(Value token, IReadOnlyList<string>? properties, CancellationToken cancellationToken)
    {
        var variables = Variables(token);
        if (properties is not null)
        {
            variables.Set(QueryProperties.Variable, new ListValue(properties.Select(property => Value.Of(property))));
        }

        return retriever.Requester.SendAsync(variables, retriever.Paginator.Path(token), place => Options(place, token, properties), cancellationToken);
    }

    private Value Options(InjectInto place, Value token, IReadOnlyList<string>? properties)
    {
        var ofPage = new DictValue();
        if (place == InjectInto.RequestParameter && properties is not null && retriever.Properties?.Parameter is { } parameter)
        {
            ofPage[parameter] = string.Join(',', properties);
        }

        retriever.Paginator.AddTo(place, ofPage, token);
        var ofSlice = new DictValue();
        if (token.IsNone || !retriever.SliceOptionsOnFirstPageOnly)
        {
            foreach (var options in retriever.Parts.SliceOptions)
            {
                options.AddTo(place, ofSlice, slice, Wrap(token));
            }
        }

        return OptionMerge.Combine(place.ToString(), [ofPage, ofSlice], mergesNested: place == InjectInto.BodyJson);
    }

    /// <summary>Templates see the token as <c>next_page_token.next_page_token</c>.</summary>
    public static Value Wrap(Value token) =>
        token.IsNone ? Value.None : new DictValue([KeyValuePair.Create<Value, Value>(VariableNames.NextPageToken, token)]);
}
