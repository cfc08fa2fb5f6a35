using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records.Normalisation;
using Penstock.Connectors.Records.Transformations;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records;

/// <summary><c>RecordSelector</c>: what becomes of the records of a page between the response and landing.</summary>
/// <param name="Extractor">Finds the records.</param>
/// <param name="Filter">Leaves records out; null for none.</param>
/// <param name="Transformations">Change records, in order.</param>
/// <param name="TransformsFirst">Whether records are changed before they are filtered.</param>
/// <param name="Normalises">Whether values take the schema's types.</param>
/// <param name="Cursor">The stream's cursor, or null.</param>
/// <param name="FiltersByCursor">Whether the cursor leaves records out before the paging sees them.</param>
/// <param name="DropsKnown">Whether the cursor leaves records out after the paging saw them (data feeds).</param>
internal sealed record RecordSelector(
    RecordExtractor Extractor,
    InterpolatedBoolean? Filter,
    IReadOnlyList<ITransformation> Transformations,
    bool TransformsFirst,
    bool Normalises,
    IPageCursor? Cursor,
    bool FiltersByCursor,
    bool DropsKnown)
{
    /// <summary>Whether records may come out other than they went in.</summary>
    public bool ChangesRecords => Transformations.Count > 0 || Normalises;

    /// <summary>Whether values of records are looked at or changed at all.</summary>
    public bool NeedsValues => Filter is not null || OwnFilter is not null || ChangesRecords;

    /// <summary>How records are filtered and changed as bytes; null if whole records must be made into values.</summary>
    public RecordEdits? Edits => OwnFilter is null ? _edits : null;

    /// <summary>A filter of one's own; null for none.</summary>
    public IRecordFilter? OwnFilter { get; init; }

    /// <summary>A normalisation of one's own; null for the format's.</summary>
    public ISchemaNormalisation? OwnNormalisation { get; init; }

    private readonly RecordEdits? _edits = Normalises || (DropsKnown && Transformations.Count > 0) ? null : RecordEdits.Make(Filter, Transformations, Cursor?.Field);

    /// <summary>Reads a selector; null (and reported) if it can't work.</summary>
    public static RecordSelector? Read(ManifestNode? node, IEnumerable<ManifestNode> transformations, RetrieverParts parts)
    {
        if (node is null || RecordExtractor.Read(node.RequiredChild("extractor"), parts.Connector) is not { } extractor)
        {
            return null;
        }

        var filter = node.Child("record_filter");
        var isOwnFilter = filter is not null && CustomComponent.Is(filter);
        if (filter is not null && filter.Type != "RecordFilter" && !isOwnFilter)
        {
            filter.Unsupported("RecordFilter");
        }

        var normalisation = node.Field("schema_normalization");
        var isOwnNormalisation = normalisation is not null && CustomComponent.Is(normalisation);
        if (normalisation?.Kind == NodeKind.Mapping && !isOwnNormalisation)
        {
            normalisation.Unsupported("None", "Default");
        }

        return new RecordSelector(
            extractor,
            isOwnFilter ? null : filter?.Condition("condition"),
            TransformationReader.Read(transformations, parts.Connector),
            node.Flag("transform_before_filtering", absent: parts.IsClientSideIncremental),
            isOwnNormalisation || (normalisation?.Kind == NodeKind.Scalar && node.Text("schema_normalization") == "Default"),
            parts.Cursor,
            FiltersByCursor: parts is { Cursor: not null, IsClientSideIncremental: true, IsDataFeed: false },
            DropsKnown: parts is { Cursor: not null, IsDataFeed: true })
        {
            OwnFilter = isOwnFilter ? CustomComponent.Make<IRecordFilter>(filter!, parts.Connector) : null,
            OwnNormalisation = isOwnNormalisation ? CustomComponent.Make<ISchemaNormalisation>(normalisation!, parts.Connector) : null,
        };
    }
}
