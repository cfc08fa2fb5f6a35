using System.Text;
using Penstock.Connectors.Components;

namespace Penstock.Connectors.Manifests;

/// <summary>
/// What becomes of each definition of the component schema: the table of docs/connectors.md. A test holds the two together, and
/// each component's type to the fields that it is checked for.
/// </summary>
public static class ComponentSupport
{
    private const string Component = "yes";

    // Only what isn't simply done as the format says; the others are.
    private static readonly Dictionary<string, (string Supported, string How)> Notes = Parse("""
        AsyncRetriever|yes|the job is part of the slice's position: waiting for it holds no process; `max_concurrent_async_job_count` isn't kept to, the budget is
        AuthFlow|yes|handed out by `spec`
        BlockSimultaneousSyncsAction|no|streams of a group may run at the same time; the credential's budget still holds for all of them
        ConcurrencyLevel|no|read and passed over: how much runs at once is the host's to say (docs/host.md), and the budget's
        CsvDecoder|yes|streamed
        DatetimeBasedCursor|yes|except `allow_catalog_defined_cursor_field` (there are no configured catalogs); `is_compare_strictly` changes nothing, as in the reference
        DeclarativeSource|yes|except `stream_groups`, `concurrency_level`, `max_concurrent_async_job_count`
        DeclarativeStream|yes|except `file_uploader`
        FileUploader|no|the records are read, the files they point to aren't downloaded; a warning says so
        GzipDecoder|yes|streamed; what isn't packed is passed on
        HTTPAPIBudget|yes|one budget for a credential, shared by all workers; the source's own headers count as well
        IncrementingCountCursor|yes|not with a partition router, and not in a backfill (it knows no time)
        InlineSchemaLoader|yes|
        IterableDecoder|yes|streamed
        JsonDecoder|yes|records are sliced as bytes; a page may have 256 MiB
        JsonFileSchemaLoader|no|the file stands in the Python package: the stream runs without a schema, a warning says so
        JsonItemsDecoder|yes|a page may have 256 MiB
        JsonlDecoder|yes|streamed
        OAuthAuthenticator|yes|single-use refresh tokens are kept by the host's `ITokenStore`
        OAuthConfigSpecification|yes|handed out by `spec`
        ParentStreamConfig|yes|`incremental_dependency` in pipelines too: a parent's cursor moves when its children are landed
        PrimaryKey|yes|
        RateLimitedMultipleTokenAuthenticator|yes|out of calls with every token is a wait, a result like any other
        RequestBodyGraphQlQuery|yes|
        ResponseToFileExtractor|yes|CSV, packed or not, as pandas reads it; streamed, without a file
        SchemaNormalization|yes|`None`, `Default`
        Schemas|yes|for references
        SessionTokenAuthenticator|yes|without `expiration_duration` a token is kept for ten minutes
        SessionTokenRequestApiKeyAuthenticator|yes|`type: ApiKey`
        SessionTokenRequestBearerAuthenticator|yes|`type: Bearer`
        StreamGroup|no|see BlockSimultaneousSyncsAction
        ValueType|yes|
        XmlDecoder|yes|as xmltodict reads it; documents with entities of their own are refused
        ZipfileDecoder|yes|all files together may have 16 GiB
        """);

    /// <summary>Every definition, in order.</summary>
    public static IEnumerable<string> Definitions => ComponentTypes.All.Concat(Notes.Keys).Concat(ComponentKinds.All.Keys)
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The table in Markdown.</summary>
    public static string Table()
    {
        var table = new StringBuilder("| definition | supported | how |\n|---|---|---|\n");
        foreach (var name in Definitions)
        {
            var (supported, how) = Notes.GetValueOrDefault(name, (Component, ""));
            if (ComponentKinds.All.TryGetValue(name, out var kind)) (supported, how) = ("in C#", $"`{kind.Name}`, registered");
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {name} | {supported} | {how} |\n");
        }

        return table.ToString();
    }

    private static Dictionary<string, (string, string)> Parse(string notes) =>
        notes.Split('\n').Select(line => line.Split('|')).ToDictionary(columns => columns[0], columns => (columns[1], columns[2]), StringComparer.Ordinal);
}
