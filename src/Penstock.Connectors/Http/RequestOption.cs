using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Http;

/// <summary><c>RequestOption</c>: a named place in a request that a value is put into.</summary>
internal sealed class RequestOption
{
    private readonly IReadOnlyList<InterpolatedString> _path;

    public RequestOption(InjectInto place, IReadOnlyList<InterpolatedString> path)
    {
        Place = place;
        _path = path;
    }

    public RequestOption(InjectInto place, string fieldName)
        : this(place, [new InterpolatedString(fieldName)])
    {
    }

    public InjectInto Place { get; }

    /// <summary>Puts a value into its place.</summary>
    /// <param name="target">What is there already.</param>
    /// <param name="value">The value.</param>
    /// <param name="context">The config, for names that are templates.</param>
    public void Inject(DictValue target, Value value, EvaluationContext context)
    {
        var current = target;
        for (var i = 0; i < _path.Count - 1; i++)
        {
            var key = _path[i].EvaluateText(context);
            if (!current.TryGet(key, out var next))
            {
                current[key] = next = new DictValue();
            }

            current = next.AsDict ?? throw SourceFaultException.System($"The request option {key} leads into a value that has no fields.");
        }

        current[_path[^1].EvaluateText(context)] = value;
    }

    /// <summary>Reads the option; null (and reported) if it can't work.</summary>
    public static RequestOption? Read(ManifestNode? node)
    {
        if (node is null)
        {
            return null;
        }

        InjectInto? place = node.RequiredText("inject_into") switch
        {
            "request_parameter" => InjectInto.RequestParameter,
            "header" => InjectInto.Header,
            "body_data" => InjectInto.BodyData,
            "body_json" => InjectInto.BodyJson,
            _ => null,
        };
        // Parameters fill fields of the same name, which mostly mean an extractor's path.
        var isStray = node.Has("field_name") && node.Parameters.AsDict!.TryGet("field_path", out var parameter) && parameter == node.ValueOf("field_path");
        var path = isStray ? [] : node.TemplateList("field_path");
        var name = node.Template("field_name");
        if (place is null || (path.Count == 0) == (name is null) || (path.Count > 0 && place != InjectInto.BodyJson))
        {
            node.Error(
                "The request option has no usable place.",
                "Give inject_into (request_parameter, header, body_data or body_json) and field_name; field_path instead of field_name for body_json only.");
            return null;
        }

        return new RequestOption(place.Value, path.Count > 0 ? path : [name!]);
    }
}
