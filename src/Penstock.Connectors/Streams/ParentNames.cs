using Penstock.Connectors.Manifests;

namespace Penstock.Connectors.Streams;

/// <summary>Finds the streams that others read as their parents.</summary>
internal static class ParentNames
{
    public static IReadOnlySet<string> Of(IEnumerable<ManifestNode> streams)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var stream in streams) Add(stream.Field("retriever")?.OneOrMany("partition_router") ?? [], names);
        return names;
    }

    private static void Add(IEnumerable<ManifestNode> routers, HashSet<string> names)
    {
        foreach (var router in routers)
        {
            foreach (var parent in router.OneOrMany("parent_stream_configs").Select(config => config.Field("stream")).OfType<ManifestNode>())
            {
                if (parent.Field("name")?.Scalar.AsText is { } name) names.Add(name);
                Add(parent.Field("retriever")?.OneOrMany("partition_router") ?? [], names);
            }

            Add(router.OneOrMany("partition_routers"), names);
            Add(router.OneOrMany("underlying_partition_router"), names);
        }
    }
}
