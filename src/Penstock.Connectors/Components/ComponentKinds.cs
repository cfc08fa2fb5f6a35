using System.Collections.Frozen;
using Penstock.Connectors.Authentication;
using Penstock.Connectors.Configs;
using Penstock.Connectors.Cursors;
using Penstock.Connectors.Errors;
using Penstock.Connectors.Http;
using Penstock.Connectors.Pagination;
using Penstock.Connectors.Partitions;
using Penstock.Connectors.Records;
using Penstock.Connectors.Records.Decoding;
using Penstock.Connectors.Records.Normalisation;
using Penstock.Connectors.Records.Transformations;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Schemas;

namespace Penstock.Connectors.Components;

/// <summary>Which interface a component of your own implements, by the manifest's type of it.</summary>
public static class ComponentKinds
{
    private static readonly FrozenDictionary<string, Type> ByType = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["CustomAuthenticator"] = typeof(IAuthenticator),
        ["CustomBackoffStrategy"] = typeof(IBackoffStrategy),
        ["CustomConfigTransformation"] = typeof(IConfigTransformation),
        ["CustomDecoder"] = typeof(IBodyDecoder),
        ["CustomErrorHandler"] = typeof(IErrorHandler),
        ["CustomIncrementalSync"] = typeof(IStreamCursor),
        ["CustomPaginationStrategy"] = typeof(IPaginationStrategy),
        ["CustomPartitionRouter"] = typeof(IPartitionRouter),
        ["CustomRecordExtractor"] = typeof(IRecordExtractor),
        ["CustomRecordFilter"] = typeof(IRecordFilter),
        ["CustomRequester"] = typeof(IRequestChange),
        ["CustomRetriever"] = typeof(IRetriever),
        ["CustomSchemaLoader"] = typeof(ISchemaLoader),
        ["CustomSchemaNormalization"] = typeof(ISchemaNormalisation),
        ["CustomStateMigration"] = typeof(IStateMigration),
        ["CustomTransformation"] = typeof(ITransformation),
        ["CustomValidationStrategy"] = typeof(IValidationStrategy),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The interfaces, by the manifest's types.</summary>
    public static IReadOnlyDictionary<string, Type> All => ByType;

    /// <summary>The interfaces.</summary>
    public static IReadOnlyCollection<Type> Interfaces => ByType.Values;

    internal static string InterfaceNames => string.Join(", ", ByType.Values.Select(kind => kind.Name).Order(StringComparer.Ordinal));
}
