using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Lineage;

/// <summary>How far a run is, in OpenLineage's words.</summary>
public enum LineageEventType
{
    /// <summary>It has begun.</summary>
    Start,

    /// <summary>It goes on.</summary>
    Running,

    /// <summary>It has ended well, and all it landed is curated.</summary>
    Complete,

    /// <summary>It has ended, and not well.</summary>
    Fail,

    /// <summary>An operator stopped it.</summary>
    Abort,
}

/// <summary>Writes run events as OpenLineage 2-0-2 has them (https://openlineage.io/spec/2-0-2/OpenLineage.json).</summary>
/// <param name="options">What things are called.</param>
public sealed class OpenLineageEvent(LineageOptions options)
{
    private const string Spec = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

    /// <summary>The event of a run.</summary>
    /// <param name="type">How far it is.</param>
    /// <param name="at">When it was so.</param>
    /// <param name="run">The run.</param>
    /// <param name="lineage">Its stream's lineage; null if its pipeline is broken or gone.</param>
    /// <param name="counts">Its counts; null before it has ended.</param>
    public JsonObject Write(LineageEventType type, DateTimeOffset at, Run run, StreamLineage? lineage, RunCounts? counts) => new()
    {
        ["eventType"] = type.ToString().ToUpperInvariant(),
        ["eventTime"] = Text(at),
        ["producer"] = Facets.Producer,
        ["schemaURL"] = Spec,
        ["run"] = new JsonObject { ["runId"] = IdOf(run).ToString(), ["facets"] = RunFacets(type, run) },
        ["job"] = new JsonObject { ["namespace"] = options.Namespace, ["name"] = $"{run.Pipeline}.{run.Stream}", ["facets"] = JobFacets(lineage) },
        ["inputs"] = new JsonArray([.. (lineage?.Sources ?? []).Select(source => Input(source, lineage!, counts))]),
        ["outputs"] = lineage is null ? new JsonArray() : new JsonArray(Raw(lineage, counts, at), Curated(lineage, counts)),
    };

    /// <summary>The run's id to OpenLineage.</summary>
    public Guid IdOf(Run run) => RunUuid.Of($"{options.Namespace}\n{run.Pipeline}\n{run.Stream}\n{run.Id}", run.CreatedAt);

    private JsonObject RunFacets(LineageEventType type, Run run)
    {
        var facets = new JsonObject
        {
            ["processing_engine"] = Facets.Of("1-1-1/ProcessingEngineRunFacet", ("version", Facets.Version), ("name", "Penstock")),
            ["nominalTime"] = run.Window is { } window
                ? Facets.Of("1-0-1/NominalTimeRunFacet", ("nominalStartTime", Text(window.From)), ("nominalEndTime", Text(window.To)))
                : Facets.Of("1-0-1/NominalTimeRunFacet", ("nominalStartTime", Text(run.CreatedAt))),
        };
        if (type == LineageEventType.Fail)
            facets["errorMessage"] = Facets.Of("1-0-1/ErrorMessageRunFacet", ("message", run.Error ?? "unknown"), ("programmingLanguage", "C#"));
        if (run.Backfill is { } backfill)
        {
            // A backfill has a run in each stream: they are its children.
            facets["parent"] = Facets.Of(
                "1-2-0/ParentRunFacet",
                ("run", new JsonObject { ["runId"] = RunUuid.Of($"{options.Namespace}\n{run.Pipeline}\nbackfill\n{backfill}", run.CreatedAt).ToString() }),
                ("job", new JsonObject { ["namespace"] = options.Namespace, ["name"] = $"{run.Pipeline}.backfill" }));
        }

        return facets;
    }

    private static JsonObject JobFacets(StreamLineage? lineage)
    {
        var facets = new JsonObject { ["jobType"] = Facets.Of("2-0-4/JobTypeJobFacet", ("processingType", lineage?.Stream.Reception is null ? "BATCH" : "STREAMING"), ("integration", "PENSTOCK"), ("jobType", "STREAM")) };
        if (lineage?.Pipeline.Description is { Length: > 0 } description)
            facets["documentation"] = Facets.Of("1-1-0/DocumentationJobFacet", ("description", description));
        if (lineage?.Pipeline.Owner is { Length: > 0 } owner)
            facets["ownership"] = Facets.Of("1-0-1/OwnershipJobFacet", ("owners", Owners(owner)));
        return facets;
    }

    // What the contract says of the records is said of what the source gave: what breaks it never becomes an output.
    private static JsonObject Input(Dataset source, StreamLineage lineage, RunCounts? counts)
    {
        JsonObject input = Named(source, Schema(lineage));
        if (counts is null || lineage.Stream.Contract is not { } contract)
            return input;
        var kept = new JsonObject
        {
            ["assertion"] = "contract",
            ["name"] = $"{contract.Id}@{contract.Version}",
            ["success"] = counts.Quarantined == 0,
            ["expected"] = "0 records in quarantine",
            ["actual"] = $"{counts.Quarantined} records in quarantine",
        };
        input["inputFacets"] = new JsonObject { ["dataQualityAssertions"] = Facets.Of("1-1-0/DataQualityAssertionsDatasetFacet", ("assertions", new JsonArray(kept))) };
        return input;
    }

    private static JsonObject Raw(StreamLineage lineage, RunCounts? counts, DateTimeOffset at)
    {
        JsonObject facets = Schema(lineage);
        facets["storage"] = Facets.Of("1-0-1/StorageDatasetFacet", ("storageLayer", "blob"), ("fileFormat", "jsonl.gz"));
        if (counts is null)
            return Named(lineage.Raw, facets);
        // How large received batches are isn't counted.
        (string, JsonNode?)[] size = counts.Bytes > 0 ? [("size", counts.Bytes)] : [], bytes = counts.Bytes > 0 ? [("bytes", counts.Bytes)] : [];
        facets["dataQualityMetrics"] = Facets.Of(
            "1-0-0/DataQualityMetricsDatasetFacet",
            [("rowCount", counts.Landed), .. bytes, ("fileCount", counts.Blobs), ("lastUpdated", Text(at)), ("columnMetrics", new JsonObject())]);
        return Counted(Named(lineage.Raw, facets), [("rowCount", counts.Landed), .. size, ("fileCount", counts.Blobs)]);
    }

    private static JsonObject Curated(StreamLineage lineage, RunCounts? counts)
    {
        JsonObject facets = Schema(lineage);
        if (lineage.Columns.Count > 0)
            facets["columnLineage"] = Facets.Of("1-2-0/ColumnLineageDatasetFacet", ("fields", Columns(lineage)));
        if (lineage.Pipeline.Description is { Length: > 0 } description)
            facets["documentation"] = Facets.Of("1-1-0/DocumentationDatasetFacet", ("description", description));
        if (lineage.Pipeline.Owner is { Length: > 0 } owner)
            facets["ownership"] = Facets.Of("1-0-1/OwnershipDatasetFacet", ("owners", Owners(owner)));
        if (lineage.Stream.Contract is { } contract)
            facets["version"] = Facets.Of("1-0-1/DatasetVersionDatasetFacet", ("datasetVersion", contract.Version));
        JsonObject output = Named(lineage.Curated, facets);
        return counts is null ? output : Counted(output, ("rowCount", counts.Curated - counts.Stale));
    }

    private static JsonObject Columns(StreamLineage lineage)
    {
        var fields = new JsonObject();
        foreach (ColumnLineage column in lineage.Columns)
        {
            fields[column.Field] = new JsonObject
            {
                ["inputFields"] = new JsonArray([.. from source in lineage.Sources from path in column.Inputs select Input(source, path, column)]),
            };
        }

        return fields;
    }

    private static JsonObject Input(Dataset source, string path, ColumnLineage column) => new()
    {
        ["namespace"] = source.Namespace,
        ["name"] = source.Name,
        ["field"] = path,
        ["transformations"] = new JsonArray(new JsonObject
        {
            ["type"] = "DIRECT",
            ["subtype"] = column.Change is "identity" or "rename" ? "IDENTITY" : "TRANSFORMATION",
            ["description"] = column.Change,
            ["masking"] = column.IsMasked,
        }),
    };

    private static JsonObject Schema(StreamLineage lineage) => lineage.Fields.Count == 0
        ? []
        : new JsonObject { ["schema"] = Facets.Of("1-2-0/SchemaDatasetFacet", ("fields", Fields(lineage.Fields))) };

    private static JsonArray Fields(IReadOnlyList<SchemaField> fields) => new([.. fields.Select(field =>
    {
        var written = new JsonObject { ["name"] = field.Name, ["type"] = field.Type };
        if (field.Fields.Count > 0)
            written["fields"] = Fields(field.Fields);
        return written;
    })]);

    private static JsonObject Named(Dataset dataset, JsonObject facets) => new() { ["namespace"] = dataset.Namespace, ["name"] = dataset.Name, ["facets"] = facets };

    private static JsonObject Counted(JsonObject output, params (string Name, JsonNode? Value)[] counts)
    {
        output["outputFacets"] = new JsonObject { ["outputStatistics"] = Facets.Of("1-0-2/OutputStatisticsOutputDatasetFacet", counts) };
        return output;
    }

    private static JsonArray Owners(string owner) => new(new JsonObject { ["name"] = owner, ["type"] = "OWNER" });

    private static string Text(DateTimeOffset at) => JsonSerializer.Serialize(at.UtcDateTime).Trim('"');
}
