using Penstock.Connectors.Manifests;

namespace Penstock.Connectors.Streams;

/// <summary>Reads a stream's <c>primary_key</c>: a field, a list of fields, or a list of paths.</summary>
internal static class PrimaryKeys
{
    public static IReadOnlyList<IReadOnlyList<string>> Read(ManifestNode stream) => [.. stream.OneOrMany("primary_key").Select(Path).Where(path => path.Count > 0)];

    private static IReadOnlyList<string> Path(ManifestNode part) => part.Kind == NodeKind.Sequence
        ? [.. part.Items.Select(item => item.Scalar.ToString())]
        : part.Scalar.AsText is { Length: > 0 } field ? [field] : [];
}
