using Penstock.Connectors.Authentication;
using Penstock.Connectors.Components;
using Penstock.Connectors.Errors;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Http;

/// <summary><c>HttpRequester</c>: builds a request from its templates and the options of other components, and sends it.</summary>
internal sealed class Requester
{
    private readonly string _method;
    private readonly InterpolatedString? _url;
    private readonly InterpolatedString? _urlBase;
    private readonly InterpolatedString? _path;
    private readonly RequestTemplates _templates;
    private readonly ConnectorScope _connector;
    private readonly Sender _sender;

    private readonly IRequestChange? _change;

    private Requester(ManifestNode node, ConnectorScope connector, bool useCache, bool streams, IRequestChange? change)
    {
        _change = change;
        _connector = connector;
        _method = (node.Text("http_method") ?? "GET").ToUpperInvariant();
        _url = node.Template("url");
        _urlBase = node.Template("url_base");
        _path = node.Template("path");
        _templates = RequestTemplates.Read(node);
        if (_url is null && _urlBase is null)
        {
            node.Error("The requester has no address.", "Give url, or url_base and path.");
        }

        var authenticator = Authenticators.Read(node.Child("authenticator"), connector, _urlBase ?? _url);
        var errors = ErrorHandlers.Read(node.Child("error_handler"), connector);
        _sender = new Sender(connector, authenticator, errors, connector.Context, useCache || node.Flag("use_cache"), streams);
    }

    /// <summary>Reads a requester.</summary>
    /// <param name="node">The component.</param>
    /// <param name="connector">What the connector's streams share.</param>
    /// <param name="useCache">Whether responses are kept in any case.</param>
    /// <param name="streams">Whether responses are decoded as they arrive.</param>
    public static Requester? Read(ManifestNode? node, ConnectorScope connector, bool useCache = false, bool streams = false)
    {
        if (node?.Type == "HttpRequester")
        {
            return new Requester(node, connector, useCache, streams, null);
        }

        if (node is not null && CustomComponent.Is(node))
        {
            var change = CustomComponent.Make<IRequestChange>(node, connector);
            return change is null ? null : new Requester(node.WithType("HttpRequester"), connector, useCache, streams, change);
        }

        node?.Unsupported("HttpRequester");
        return null;
    }

    /// <summary>Sends a request.</summary>
    /// <param name="variables">What its templates see.</param>
    /// <param name="path">A path or a whole address instead of the declared path; null or empty for the declared one.</param>
    /// <param name="extra">What other components put into each place.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public ValueTask<SendOutcome> SendAsync(
        EvaluationContext variables, string? path = null, Func<InjectInto, Value>? extra = null, CancellationToken cancellationToken = default) =>
        _sender.SendAsync(authorized => Build(variables, path, extra, authorized), cancellationToken);

    private HttpCall Build(EvaluationContext variables, string? path, Func<InjectInto, Value>? extra, Authorized authorized)
    {
        Value Parts(InjectInto place) => OptionMerge.Combine(
            Name(place),
            [_templates.Evaluate(place, variables), authorized.Place == place ? authorized.Options : Value.None, extra?.Invoke(place) ?? Value.None],
            mergesNested: place == InjectInto.BodyJson);

        var secret = authorized.Place == InjectInto.Header ? authorized.Options.Entries.Keys.Select(key => key.ToString()) : [];
        return _change is null
            ? RequestBuilder.Build(_method, Url(variables, path), Parts, [.. secret])
            : Changed(Url(variables, path), Parts, variables, [.. secret]);
    }

    private HttpCall Changed(string url, Func<InjectInto, Value> parts, EvaluationContext variables, string[] secret)
    {
        var draft = new RequestDraft
        {
            Method = _method,
            Url = url,
            Parameters = parts(InjectInto.RequestParameter).AsDict ?? new DictValue(),
            Headers = parts(InjectInto.Header).AsDict ?? new DictValue(),
            Json = parts(InjectInto.BodyJson),
            Data = parts(InjectInto.BodyData),
        };
        _change!.Change(draft, variables);
        return RequestBuilder.Build(draft.Method.ToUpperInvariant(), draft.Url, place => place switch
        {
            InjectInto.RequestParameter => draft.Parameters,
            InjectInto.Header => draft.Headers,
            InjectInto.BodyJson => draft.Json,
            _ => draft.Data,
        }, secret);
    }

    private string Url(EvaluationContext variables, string? path)
    {
        var way = string.IsNullOrEmpty(path) ? Text(_path, variables).TrimStart('/') : path;
        var urlBase = Text(_urlBase, variables);
        if (urlBase.Length > 0)
        {
            return PythonUrl.JoinBase(urlBase, way);
        }

        var url = Text(_url, variables);
        return way.Length > 0 ? PythonUrl.JoinBase(url, way) : url;
    }

    private static string Text(InterpolatedString? template, EvaluationContext variables) => template?.EvaluateText(variables) ?? "";

    private static string Name(InjectInto place) => place switch
    {
        InjectInto.RequestParameter => "request parameters",
        InjectInto.Header => "request headers",
        InjectInto.BodyData => "request body data",
        _ => "request body",
    };
}
