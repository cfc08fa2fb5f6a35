using System.Text.Json;
using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Records;

/// <summary><c>DpathExtractor</c>: finds the records in decoded bodies, as bytes where the path allows it.</summary>
internal sealed class RecordExtractor(RecordPath path, RecordExpander? expander, IRecordExtractor? own = null)
{
    /// <summary>Reads an extractor; null (and reported) if it isn't supported.</summary>
    public static RecordExtractor? Read(ManifestNode? node, ConnectorScope connector)
    {
        if (node is not null && CustomComponent.Is(node))
        {
            var made = CustomComponent.Make<IRecordExtractor>(node, connector, other => Read(other, connector) is { } builtIn ? new PathExtractor(builtIn) : null);
            return made is null ? null : new RecordExtractor(new RecordPath([]), null, made);
        }

        var config = connector.Context;
        // An extractor without a type is one by its path.
        if (node is not null && node.Type != "DpathExtractor" && !(node.Type.Length == 0 && node.Has("field_path")))
        {
            node.Unsupported("DpathExtractor");
            return null;
        }

        try
        {
            return node is null ? null : new RecordExtractor(
                new RecordPath(node.TemplateList("field_path").EvaluateTexts(config)), RecordExpander.Read(node.Child("record_expander"), config));
        }
        catch (ExpressionException failed)
        {
            node!.Error($"The field path can't be evaluated: {failed.Message}", "Correct the template or the config.");
            return null;
        }
    }

    /// <summary>Whether records are found as bytes; otherwise <see cref="Trees"/> finds them.</summary>
    public bool Slices => own is null && expander is null && path.CanSlice;

    /// <summary>Appends the records of a batch as slices of its buffer.</summary>
    public void Slice(in BodyBatch batch, SlicedRecords records) => JsonSlicer.Slice(batch, path, records);

    /// <summary>The records of a batch as values.</summary>
    public IEnumerable<Value> Trees(BodyBatch batch)
    {
        foreach (var body in Bodies(batch))
        {
            foreach (var record in Found(body))
            {
                yield return record;
            }
        }
    }

    /// <summary>The records of one body.</summary>
    public IEnumerable<Value> Found(Value body) => Extract(body).SelectMany(record => expander?.Expand(record) ?? [record]);

    /// <summary>The first body of a batch, which is what paging templates call the response; an empty mapping if there is none.</summary>
    public static Value FirstBody(in BodyBatch batch) => Bodies(batch).DefaultIfEmpty(new DictValue()).First();

    private IEnumerable<Value> Extract(Value body)
    {
        if (own is not null)
        {
            return own.Extract(body);
        }

        if (path.HasWildcard)
        {
            return Dpath.Values(body, path.Segments);
        }

        if (!Dpath.TryGet(body, path.Segments, out var found) || !found.IsTruthy)
        {
            return [];
        }

        return found.AsList is { } list ? list.Elements : [found];
    }

    // What a component of one's own is made from.
    private sealed class PathExtractor(RecordExtractor extractor) : IRecordExtractor
    {
        public IEnumerable<Value> Extract(Value body) => extractor.Found(body);
    }

    private static IEnumerable<Value> Bodies(BodyBatch batch)
    {
        foreach (var range in batch.Bodies)
        {
            var body = ValueJsonReader.Read(batch.Json.Span[range], LargeIntegers.Float);
            foreach (var one in batch.ListsAreBodies && body.AsList is { } list ? list.Elements : [body])
            {
                yield return one;
            }
        }
    }
}
