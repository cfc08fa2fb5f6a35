using Penstock.Pipelines.Definitions;

namespace Penstock.Pipelines.Records;

/// <summary>Finds out where a stream's records have key and version: the pipeline says it, else the connector.</summary>
/// <param name="opener">Opens streams, if the pipeline doesn't say it all.</param>
public sealed class IdentitySource(IStreamOpener opener)
{
    /// <summary>Gives a stream's identity; null if its connector would have to say it and can't be opened now.</summary>
    public async ValueTask<RecordIdentity?> FindAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default)
    {
        var identity = new RecordIdentity([.. stream.Key.Select(Split)], stream.Version is null ? null : Split(stream.Version), stream.History.ValidFrom is { } from ? Split(from) : null);
        if (stream.Reception is not null || (stream.Key.Count > 0 && stream.Version is not null))
            return identity;
        if (await opener.OpenAsync(pipeline, stream.Name, cancellationToken) is not StreamOpened { Stream: var source })
            return null;
        return identity with
        {
            Key = stream.Key.Count > 0 ? identity.Key : source.PrimaryKey,
            Version = identity.Version ?? (source.CursorField is { } cursor ? [cursor] : null),
        };
    }

    private static IReadOnlyList<string> Split(string path) => path.Split('.');
}
