using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.DynamicStreams;

/// <summary>Finds the streams of a DynamicDeclarativeStream: one for each entry of the config, or for each record of an answer.</summary>
internal sealed class DynamicStreamReader
{
    private readonly ManifestNode _template;
    private readonly ManifestNode _resolver;
    private readonly ConnectorScope _connector;
    private readonly bool _parentsWin;
    private readonly List<ManifestNode> _found = [];

    private DynamicStreamReader(ManifestNode template, ManifestNode resolver, ConnectorScope connector, bool parentsWin) =>
        (_template, _resolver, _connector, _parentsWin) = (template, resolver, connector, parentsWin);

    public static async ValueTask<DynamicStreamsResult> ReadAsync(ManifestNode node, ConnectorScope connector, CancellationToken cancellationToken)
    {
        if (node.RequiredChild("stream_template") is not { } template || node.RequiredChild("components_resolver") is not { } resolver)
            return new StreamsFound([]);
        var reader = new DynamicStreamReader(template, resolver, connector, node.Flag("use_parent_parameters", absent: true));
        switch (resolver.Type)
        {
            case "HttpComponentsResolver":
                if (await reader.FromAnswersAsync(cancellationToken) is { } failed) return failed;
                break;
            case "ConfigComponentsResolver":
                reader.FromEntries(ConfigEntries.Read(resolver, connector.Context), parsesYaml: true);
                break;
            case "ParametrizedComponentsResolver":
                var parameters = resolver.Child("stream_parameters")?.List("list_of_parameters_for_stream") ?? [];
                reader.FromEntries(parameters.Select(entry => entry.ToValue()), parsesYaml: true);
                break;
            default:
                resolver.Unsupported("HttpComponentsResolver", "ConfigComponentsResolver", "ParametrizedComponentsResolver");
                break;
        }

        return new StreamsFound(reader._found);
    }

    private async ValueTask<DynamicStreamsResult?> FromAnswersAsync(CancellationToken cancellationToken)
    {
        if (_resolver.RequiredChild("retriever") is not { } retriever) return null;
        var mappings = ComponentMapping.ReadAll(_resolver, parsesYaml: false);
        if (new StreamBuilder(_connector, new HashSet<string>()).BuildRetriever(_resolver, retriever) is not { } stream) return null;
        await foreach (var step in StreamRecords.ReadAsync(stream, cancellationToken))
        {
            switch (step)
            {
                case RecordFound found:
                    Add(mappings, _connector.Context.Inner().Set("components_values", found.Record).Set(VariableNames.StreamSlice, found.Slice));
                    break;
                case RecordsEnded ended:
                    return new StreamsNotFound(ended.Error with { Message = $"Which streams there are can't be found out: {ended.Error.Message}" }, ended.Until);
            }
        }

        return null;
    }

    private void FromEntries(IEnumerable<Value> entries, bool parsesYaml)
    {
        var mappings = ComponentMapping.ReadAll(_resolver, parsesYaml);
        foreach (var entry in entries) Add(mappings, _connector.Context.Inner().Set("components_values", entry));
    }

    private void Add(IReadOnlyList<ComponentMapping> mappings, EvaluationContext context)
    {
        var template = _template.ToValue().AsDict!;
        context.Set("stream_template_config", _template.ToValue());
        foreach (var mapping in mappings) mapping.Apply(template, context);
        _found.Add(_template.Replaced(template, _parentsWin));
    }
}
