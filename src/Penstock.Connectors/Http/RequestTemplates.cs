using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Http;

/// <summary>What a requester itself declares of a request: parameters, headers and body, all templates.</summary>
internal sealed class RequestTemplates
{
    private readonly Func<EvaluationContext, Value> _parameters;
    private readonly Func<EvaluationContext, Value> _headers;
    private readonly Func<EvaluationContext, Value> _bodyData;
    private readonly Func<EvaluationContext, Value> _bodyJson;

    private RequestTemplates(ManifestNode node)
    {
        // The typed request_body is the newer way to write the same two bodies.
        var typed = node.Child("request_body");
        var isJson = typed?.Type is "RequestBodyJsonObject" or "RequestBodyGraphQL";
        _parameters = Flat(node, "request_parameters", ValidTypes.Str | ValidTypes.List);
        _headers = Flat(node, "request_headers", ValidTypes.Any);
        _bodyData = typed is not null && !isJson ? Flat(typed, "value", ValidTypes.Str | ValidTypes.List) : Flat(node, "request_body_data", ValidTypes.Str | ValidTypes.List);
        _bodyJson = typed is not null && isJson ? Nested(typed, "value") : Nested(node, "request_body_json");
        if (node.Has("request_body_data") && node.Has("request_body_json"))
        {
            node.Error("The request has two bodies.", "Give either request_body_data or request_body_json.");
        }
    }

    public static RequestTemplates Read(ManifestNode requester) => new(requester);

    /// <summary>Evaluates what goes to a place: a mapping without empty values, or a text.</summary>
    public Value Evaluate(InjectInto place, EvaluationContext context) => place switch
    {
        InjectInto.RequestParameter => _parameters(context) is { AsDict: { } dict } ? dict : Value.None,
        InjectInto.Header => _headers(context),
        InjectInto.BodyData => _bodyData(context),
        _ => _bodyJson(context),
    };

    private static Func<EvaluationContext, Value> Flat(ManifestNode node, string field, ValidTypes types)
    {
        if (node.Field(field) is not { } declared)
        {
            return _ => Value.None;
        }

        if (declared.Kind == NodeKind.Mapping)
        {
            // A component among the values (QueryProperties) is no template: the retriever fills it in.
            var texts = new DictValue(declared.Fields
                .Where(entry => entry.Value.Kind != NodeKind.Mapping || entry.Value.Type.Length == 0)
                .Select(entry => KeyValuePair.Create<Value, Value>(entry.Key, entry.Value.ToValue())));
            var mapping = Templates.Checked(node, field, new InterpolatedMapping(texts, node.Parameters, types), made => made.Error);
            return context => new DictValue(mapping.Evaluate(context).Entries.Where(entry => !entry.Value.IsNone));
        }

        var text = node.Template(field);
        return context => text is null ? Value.None : text.Evaluate(context);
    }

    private static Func<EvaluationContext, Value> Nested(ManifestNode node, string field)
    {
        if (node.Field(field) is null)
        {
            return _ => Value.None;
        }

        var document = Templates.Checked(node, field, new InterpolatedNestedMapping(node.ValueOf(field), node.Parameters), made => made.Error);
        return document.Evaluate;
    }
}
