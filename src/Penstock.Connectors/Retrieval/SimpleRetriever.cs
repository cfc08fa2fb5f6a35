using System.Runtime.CompilerServices;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Pagination;
using Penstock.Connectors.Records;
using Penstock.Connectors.Records.Decoding;
using Penstock.Connectors.Records.Normalisation;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Retrieval;

/// <summary><c>SimpleRetriever</c>: a request a page, until the paginator says that there is no more.</summary>
/// <param name="Parts">What the stream gives.</param>
/// <param name="Requester">Sends the requests.</param>
/// <param name="Paginator">Says which page comes next.</param>
/// <param name="Decoder">Decodes responses.</param>
/// <param name="Selector">Selects records.</param>
/// <param name="SliceOptionsOnFirstPageOnly">Whether later pages are asked for without the slice's options.</param>
/// <param name="Properties">The properties that requests ask for by name; null if they name none.</param>
/// <param name="Reset">What happens when the paging has to begin again.</param>
internal sealed record SimpleRetriever(
    RetrieverParts Parts,
    Requester Requester,
    Paginator Paginator,
    IDecoder Decoder,
    RecordSelector Selector,
    bool SliceOptionsOnFirstPageOnly,
    QueryProperties? Properties,
    PaginationReset Reset) : IRetriever
{
    /// <summary>Reads a retriever; null (and reported) if it can't work.</summary>
    /// <param name="node">The retriever's component.</param>
    /// <param name="transformations">The stream's transformations.</param>
    /// <param name="parts">What the stream gives.</param>
    public static SimpleRetriever? Read(ManifestNode node, IEnumerable<ManifestNode> transformations, RetrieverParts parts)
    {
        if (node.Type != "SimpleRetriever")
        {
            node.Unsupported("SimpleRetriever");
            return null;
        }

        var reset = PaginationReset.Read(node, parts.Cursor);
        var decoder = Decoders.Read(node.Child("decoder"), parts.Connector);
        var requester = Requester.Read(node.RequiredChild("requester"), parts.Connector, parts.UseCache, decoder.Streams);
        var selector = RecordSelector.Read(node.RequiredChild("record_selector"), transformations, parts);
        var paginator = Paginators.Read(node.Child("paginator"), parts.Connector);
        var properties = QueryProperties.Read(node.Child("requester"), parts);
        var isFirstPageOnly = node.Flag("ignore_stream_slicer_parameters_on_paginated_requests");
        return requester is null || selector is null ? null : new SimpleRetriever(parts, requester, paginator, decoder, selector, isFirstPageOnly, properties, reset);
    }

    /// <summary>Whether a data feed has reached what is known already: then no further page is asked for.</summary>
    public bool HasReachedKnown(Value lastRecord, StreamSlice slice) =>
        Selector.DropsKnown && lastRecord.AsDict is { } record
        && !Selector.Cursor!.ShouldBeSynced(record.TryGet(Selector.Cursor.Field, out var value) ? ValueJsonWriter.ToUtf8(value) : default, slice);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadStep> ReadAsync(SliceScope slice, string? position, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var normalise = await NormaliserAsync(cancellationToken);
        await using var reading = new SliceReading(this, slice, normalise);
        for (var step = await reading.BeginAsync(position, cancellationToken); step is not null; step = await reading.NextAsync(cancellationToken))
        {
            yield return step;
        }
    }

    private async ValueTask<Action<DictValue>?> NormaliserAsync(CancellationToken cancellationToken)
    {
        if (!Selector.Normalises || Parts.Schema is not { } schema)
        {
            return null;
        }

        if (await schema(cancellationToken) is not { IsTruthy: true } value)
        {
            return null;
        }

        return Selector.OwnNormalisation is { } own ? record => own.Apply(record, value) : new SchemaNormaliser(value).Apply;
    }
}
