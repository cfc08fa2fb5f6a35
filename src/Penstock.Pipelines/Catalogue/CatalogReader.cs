using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Lineage;

namespace Penstock.Pipelines.Catalogue;

/// <summary>Reads the catalogue: what pipelines and contracts declare, and how each stream is. A read of one document a pipeline.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="lineage">Reads fields and where they come from.</param>
/// <param name="documents">Has the pulses.</param>
/// <param name="samples">Reads samples.</param>
/// <param name="time">The clock.</param>
public sealed class CatalogReader(IPipelineCatalog catalog, LineageReader lineage, DocumentStore documents, SampleReader samples, TimeProvider time)
{
    /// <summary>Reads every stream, or one pipeline's, or one. Broken pipelines aren't in it; what Penstock says of itself is, at the end.</summary>
    /// <param name="pipeline">The pipeline; null for all.</param>
    /// <param name="stream">The stream; null for all.</param>
    /// <param name="sampleCount">How many samples of each stream; 0 for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<DataCatalog> ReadAsync(
        string? pipeline = null, string? stream = null, int sampleCount = 0, CancellationToken cancellationToken = default)
    {
        var items = new List<CatalogEntry>();
        foreach (UsablePipeline entry in await UsableAsync(pipeline, cancellationToken))
        {
            PipelinePulse pulse = (await documents.FindAsync<PipelinePulse>(PipelinePulse.NameFor(entry.Name), cancellationToken))?.Value ?? PipelinePulse.Empty;
            foreach (PipelineStream one in entry.Pipeline.Streams.Where(one => stream is null || one.Name == stream))
            {
                StreamLineage read = await lineage.ReadAsync(entry.Pipeline, one, cancellationToken);
                CatalogEntry item = Of(read, pulse.Of(one.Name));
                items.Add(sampleCount == 0 ? item : item with { Samples = await samples.ReadAsync(read, sampleCount, cancellationToken) });
            }
        }

        return new DataCatalog(time.GetUtcNow(), items);
    }

    /// <summary>Reads the lineage of every stream, or one pipeline's, or one.</summary>
    public async ValueTask<IReadOnlyList<StreamLineage>> ReadLineageAsync(string? pipeline = null, string? stream = null, CancellationToken cancellationToken = default)
    {
        var streams = new List<StreamLineage>();
        foreach (UsablePipeline entry in await UsableAsync(pipeline, cancellationToken))
        {
            foreach (PipelineStream one in entry.Pipeline.Streams.Where(one => stream is null || one.Name == stream))
                streams.Add(await lineage.ReadAsync(entry.Pipeline, one, cancellationToken));
        }

        return streams;
    }

    private async ValueTask<IEnumerable<UsablePipeline>> UsableAsync(string? pipeline, CancellationToken cancellationToken) => pipeline is null
        ? (await catalog.ListAsync(cancellationToken)).OfType<UsablePipeline>().Append(SystemPipeline.Entry)
        : await catalog.FindAsync(pipeline, cancellationToken) is UsablePipeline usable ? [usable] : [];

    private CatalogEntry Of(StreamLineage read, StreamPulse pulse)
    {
        (Pipeline pipeline, PipelineStream stream) = (read.Pipeline, read.Stream);
        var columns = read.Columns.ToDictionary(column => column.Field);
        return new CatalogEntry
        {
            Pipeline = pipeline.Name,
            Stream = stream.Name,
            Kind = stream.Reception is null ? "pulled" : "received",
            Description = pipeline.Description,
            Owner = stream.Contract?.Owner is { Length: > 0 } owner ? owner : pipeline.Owner,
            Support = stream.Contract?.Support ?? [],
            Contract = stream.Contract is { } contract ? new CatalogContract(contract.Id, contract.Version, contract.Status, contract.Rules.Count) : null,
            Tags = stream.Contract?.Tags ?? [],
            Key = stream.Key,
            Version = stream.Version,
            Fields = [.. SchemaField.Leaves(read.Fields).Select(leaf => new CatalogField(
                leaf.Path, leaf.Field.Type, leaf.Field.Required, leaf.Field.Unique, leaf.Field.Classification, columns[leaf.Path].Change, columns[leaf.Path].IsMasked)
            {
                Values = stream.Contract?.Rules.FirstOrDefault(rule => rule.Path == leaf.Path && rule.IsOfRecords && rule.ValidValues is not null)?.ValidValues,
            })],
            Sources = read.Sources,
            Raw = read.Raw,
            Curated = read.Curated,
            Freshness = Freshness(stream, pulse),
            Volume = new CatalogVolume(pulse.Volume.Sum(hour => hour.Read), pulse.Volume.Sum(hour => hour.Quarantined)),
            LastRun = pulse.Runs is [var run, ..] ? new CatalogRun(run.Id, run.Status.ToString().ToLowerInvariant(), run.EndedAt, run.Landed) : null,
        };
    }

    private CatalogFreshness Freshness(PipelineStream stream, StreamPulse pulse)
    {
        TimeSpan? promised = stream.Freshness ?? stream.Contract?.Freshness;
        DateTimeOffset? until = stream.Reception is null ? pulse.FreshUntil : pulse.LandedAt;
        TimeSpan? lag = time.GetUtcNow() - until;
        return new CatalogFreshness(promised?.TotalSeconds, until, lag?.TotalSeconds, lag is null || promised is null ? null : lag <= promised);
    }
}
