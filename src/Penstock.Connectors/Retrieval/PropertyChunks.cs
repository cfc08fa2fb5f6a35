using Penstock.Connectors.Manifests;

namespace Penstock.Connectors.Retrieval;

/// <summary><c>PropertyChunking</c>: splits a list of properties that a source wouldn't take in one request.</summary>
/// <param name="Limit">The most of a chunk; null for one chunk.</param>
/// <param name="CountsCharacters">Whether the limit is one of characters, as written into an address, and not of properties.</param>
/// <param name="MergeKeys">The fields by which a record's parts are put together again.</param>
internal sealed record PropertyChunks(long? Limit, bool CountsCharacters, IReadOnlyList<string> MergeKeys)
{
    // An encoded comma stands between two properties in an address.
    private const int CommaInAddress = 3;

    public static PropertyChunks? Read(ManifestNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var keys = node.Child("record_merge_strategy")?.OneOrMany("key").Select(key => key.Scalar.ToString()).ToList();
        return new PropertyChunks(node.Integer("property_limit"), node.RequiredText("property_limit_type") == "characters", keys is { Count: > 0 } ? keys : ["id"]);
    }

    /// <summary>The chunks, at least one.</summary>
    /// <param name="properties">All properties.</param>
    /// <param name="always">Those that belong to every chunk, but don't count.</param>
    /// <param name="wanted">Those that are wanted; null for all.</param>
    public IEnumerable<IReadOnlyList<string>> Split(IReadOnlyList<string> properties, IReadOnlyList<string> always, IReadOnlySet<string>? wanted)
    {
        if (Limit is not { } limit || limit <= 0)
        {
            yield return [.. properties, .. always];
            yield break;
        }

        List<string> chunk = [.. always];
        var size = 0L;
        foreach (var property in properties.Where(property => wanted?.Contains(property) != false))
        {
            var more = CountsCharacters ? property.Length + CommaInAddress : 1;
            if (size + more > limit)
            {
                yield return chunk;
                chunk = [.. always];
                size = 0;
            }

            chunk.Add(property);
            size += more;
        }

        yield return chunk;
    }
}
