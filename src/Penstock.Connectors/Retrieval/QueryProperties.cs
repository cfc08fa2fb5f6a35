using System.Text;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records;
using Penstock.Connectors.Records.Transformations;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Retrieval;

/// <summary>
/// <c>QueryProperties</c>: which properties requests ask for by name, from a list or from the source itself, perhaps in
/// several requests a page.
/// </summary>
internal sealed class QueryProperties
{
    /// <summary>The variable under which templates see the properties of a request.</summary>
    public const string Variable = "query_properties";

    private readonly RetrieverParts _parts;
    private readonly IReadOnlyList<string> _listed;
    private readonly IReadOnlyList<string> _always;
    private readonly IReadOnlyList<ITransformation>? _selector;
    private readonly SimpleRetriever? _endpoint;
    private readonly IReadOnlyList<string> _path = [];
    private IReadOnlyList<string>? _known;

    private QueryProperties(ManifestNode node, ManifestNode? list, string? parameter, RetrieverParts parts)
    {
        _parts = parts;
        Parameter = parameter;
        Chunking = PropertyChunks.Read(node.Child("property_chunking"));
        _always = Texts(node, "always_include_properties");
        _selector = node.Child("property_selector") is { } selector ? TransformationReader.Read(selector.List("transformations"), parts.Connector) : null;
        _listed = list?.Kind == NodeKind.Sequence ? [.. list.Items.Select(item => item.Scalar.ToString())] : [];
        if (list?.Kind == NodeKind.Mapping && list.RequiredChild("retriever") is { } retriever)
        {
            // The same properties are asked for again for every slice.
            _endpoint = SimpleRetriever.Read(retriever, [], new RetrieverParts { Connector = parts.Connector, StreamName = parts.StreamName, UseCache = true });
            _path = list.TemplateList("property_field_path").EvaluateTexts(parts.Connector.Context);
        }
    }

    /// <summary>The request parameter that takes the properties, joined by commas; null if templates do.</summary>
    public string? Parameter { get; }

    /// <summary>How properties are split; null if they aren't.</summary>
    public PropertyChunks? Chunking { get; }

    /// <summary>Reads the properties that a requester declares at one of three places; null if it declares none.</summary>
    public static QueryProperties? Read(ManifestNode? requester, RetrieverParts parts)
    {
        if (requester is null)
        {
            return null;
        }

        var parameters = requester.Field("request_parameters");
        if (parameters?.Kind == NodeKind.Mapping
            && parameters.Fields.FirstOrDefault(field => field.Value.Type == "QueryProperties") is { Value: { } declared, Key: { } parameter })
        {
            return new QueryProperties(declared, declared.Field("property_list"), parameter, parts);
        }

        if (requester.Child("fetch_properties_from_endpoint") is { } endpoint)
        {
            return new QueryProperties(endpoint, endpoint, null, parts);
        }

        return requester.Child("query_properties") is { } properties ? new QueryProperties(properties, properties.Field("property_list"), null, parts) : null;
    }

    /// <summary>The properties of each request of a page, or the step that ends the reading because they couldn't be asked for.</summary>
    public async ValueTask<(IReadOnlyList<IReadOnlyList<string>> Chunks, ReadStep? End)> ChunksAsync(CancellationToken cancellationToken)
    {
        if (_known is null)
        {
            (_known, var end) = await ListAsync(cancellationToken);
            if (end is not null)
            {
                return ([], end);
            }
        }

        var wanted = await WantedAsync(cancellationToken);
        if (Chunking is not null)
        {
            return ([.. Chunking.Split(_known!, _always, wanted)], null);
        }

        return ([[.. _always, .. _known!.Where(property => wanted?.Contains(property) != false)]], null);
    }

    private async ValueTask<(IReadOnlyList<string>? Properties, ReadStep? End)> ListAsync(CancellationToken cancellationToken)
    {
        if (_endpoint is null)
        {
            return (_listed, null);
        }

        var properties = new List<string>();
        await foreach (var step in _endpoint.ReadAsync(new SliceScope(StreamSlice.Whole, new DictValue()), null, cancellationToken))
        {
            if (step is not PageRead page)
            {
                return (null, step);
            }

            properties.AddRange(page.Records.Select(record => Dpath.TryGet(ValueJsonReader.Read(record.Span), _path, out var name) ? name.ToString() : "[]"));
        }

        return (properties, null);
    }

    /// <summary>What the stream's schema has, after the selector's changes to its names.</summary>
    private async ValueTask<IReadOnlySet<string>?> WantedAsync(CancellationToken cancellationToken)
    {
        if (_selector is null || _parts.Schema is not { } schema)
        {
            return null;
        }

        var declared = (await schema(cancellationToken)).AsDict?.Find("properties").AsDict;
        var names = new DictValue(declared?.Entries ?? Enumerable.Empty<KeyValuePair<Value, Value>>());
        foreach (var transformation in _selector)
        {
            transformation.Apply(names, _parts.Connector.Context.Inner().Set(VariableNames.Record, names));
        }

        return names.Entries.Keys.Select(name => name.ToString()).ToHashSet();
    }

    private static List<string> Texts(ManifestNode node, string field) => [.. node.List(field).Select(item => item.Scalar.ToString())];
}
