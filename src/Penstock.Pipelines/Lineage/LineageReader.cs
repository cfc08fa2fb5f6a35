using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Masking;

namespace Penstock.Pipelines.Lineage;

/// <summary>Reads lineage from what pipelines declare.</summary>
/// <param name="opener">Opens connectors, whose schemas stand in for contracts.</param>
/// <param name="options">What things are called.</param>
public sealed class LineageReader(IStreamOpener opener, LineageOptions options)
{
    /// <summary>A stream's lineage. A connector that can't be opened has no fields.</summary>
    public async ValueTask<StreamLineage> ReadAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<SchemaField> fields = await FieldsAsync(pipeline, stream, cancellationToken);
        string name = $"{pipeline.Name}/{stream.Name}";
        return new StreamLineage(
            pipeline, stream, [.. Sources(pipeline, stream)], new Dataset(options.RawNamespace, name), new Dataset(options.CuratedNamespace, name),
            fields, [.. SchemaField.Leaves(fields).Select(leaf => Column(stream, leaf.Path))]);
    }

    private async ValueTask<IReadOnlyList<SchemaField>> FieldsAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken)
    {
        if (stream.Contract is { } contract)
            return SchemaFields.Of(contract.Properties);
        // What a shape makes of the connector's fields only a contract says.
        return stream.Reception is null && stream.Shape.Steps.Count == 0 && await opener.OpenAsync(pipeline, stream.Name, cancellationToken) is StreamOpened opened
            ? SchemaFields.Of(opened.Stream.JsonSchema)
            : [];
    }

    private static IEnumerable<Dataset> Sources(Pipeline pipeline, PipelineStream stream)
    {
        if (stream.Reception is null)
        {
            // The host is the best name that a source has; a connector that may call any host is known by its manifest only.
            string place = pipeline.Hosts.Allowed is [var host, ..] ? $"https://{host}" : $"connector:{pipeline.Name}";
            yield return new Dataset(place, stream.Name);
        }

        if (stream.Reception?.EventHub is { } hub)
            yield return new Dataset("eventhub", hub);
        if (stream.Reception?.Webhook is not null)
            yield return new Dataset("webhook", $"/ingest/{pipeline.Name}/{stream.Name}");
    }

    private static ColumnLineage Column(PipelineStream stream, string path)
    {
        // Masks come after the shape: their paths are those of the shaped record.
        (IReadOnlyList<string> inputs, string change) = new ShapeTracer(stream.Shape).Trace(path);
        return stream.Mask?.Find(path.Split('.')) is PathMask mask
            ? new ColumnLineage(path, inputs, change == "identity" ? mask.Rule.Name : $"{change}, {mask.Rule.Name}", IsMasked: true)
            : new ColumnLineage(path, inputs, change, IsMasked: false);
    }
}
