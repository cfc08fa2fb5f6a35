using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Protocol;

/// <summary>
/// A connector that speaks the Airbyte protocol: <c>spec</c>, <c>check</c>, <c>discover</c> and <c>read</c> write messages, one
/// JSON object a line. Each gives false if it failed; why stands in the messages.
/// </summary>
/// <param name="connector">The connector.</param>
/// <param name="options">What it needs from the world around it. Airbyte's configs come with their defaults filled in.</param>
/// <param name="output">Gets the messages.</param>
public sealed class AirbyteSource(Connector connector, ConnectorOptions options, Stream output)
{
    private readonly ConnectorOptions _options = options with { FillsDefaults = false };

    /// <summary>Writes the specification of configs.</summary>
    public bool WriteSpec()
    {
        using var messages = new MessageWriter(output, _options.Time);
        messages.Spec(Catalogs.Spec(connector));
        return true;
    }

    /// <summary>Writes whether the source answers with a config.</summary>
    /// <param name="config">The config as a JSON object in UTF-8.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async ValueTask<bool> CheckAsync(ReadOnlyMemory<byte> config, CancellationToken cancellationToken = default)
    {
        using var messages = new MessageWriter(output, _options.Time);
        var opened = await OpenForCheckAsync(config, cancellationToken);
        string? reason = opened is ConnectorOpened { Source: var source }
            ? await source.CheckAsync(cancellationToken) switch
            {
                CheckFailed failed => failed.Reason,
                CheckWaits waits => $"The source asks to wait until {waits.Until:O}: {waits.Reason}",
                _ => null,
            }
            : Why(opened).Message;
        messages.ConnectionStatus(reason is null, reason);
        return reason is null;
    }

    private ValueTask<OpenResult> OpenForCheckAsync(ReadOnlyMemory<byte> config, CancellationToken cancellationToken)
    {
        try
        {
            return connector.OpenForCheckAsync(ValueJsonReader.Read(config.Span), _options, cancellationToken);
        }
        catch (System.Text.Json.JsonException)
        {
            return connector.OpenAsync(config.Span, _options, cancellationToken);
        }
    }

    /// <summary>Writes the catalog of streams.</summary>
    /// <param name="config">The config as a JSON object in UTF-8.</param>
    /// <param name="cancellationToken">Ends the discovery.</param>
    public async ValueTask<bool> DiscoverAsync(ReadOnlyMemory<byte> config, CancellationToken cancellationToken = default)
    {
        using var messages = new MessageWriter(output, _options.Time);
        if (await OpenAsync(config, messages, cancellationToken) is not { } source) return false;
        TellBlocked(messages, source, names: null);
        try
        {
            var streams = new List<DictValue>();
            foreach (var stream in source.Streams) streams.Add(await Catalogs.StreamAsync(stream, cancellationToken));
            messages.Catalog(streams);
            return true;
        }
        catch (SourceFaultException fault)
        {
            messages.Error(fault.Error, stream: null);
            return false;
        }
    }

    /// <summary>Reads streams and writes their records and states.</summary>
    /// <param name="config">The config as a JSON object in UTF-8.</param>
    /// <param name="state">Where an earlier reading ended, in any of Airbyte's forms; empty for the beginning.</param>
    /// <param name="streams">The names of the streams to read; all if empty.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<bool> ReadAsync(
        ReadOnlyMemory<byte> config, ReadOnlyMemory<byte> state, IReadOnlyCollection<string> streams, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(streams);
        using var messages = new MessageWriter(output, _options.Time);
        if ((state.IsEmpty ? StateFile.Empty : StateFile.Read(state.Span)) is not { } states)
        {
            messages.Error(new SourceError(SourceErrorKind.Config, "The state isn't a JSON list of state messages, nor a JSON object with a state for each stream."), stream: null);
            return false;
        }

        if (await OpenAsync(config, messages, cancellationToken) is not { } source) return false;
        var succeeded = TellBlocked(messages, source, streams);
        foreach (var name in streams.Where(name => source.Streams.All(stream => stream.Name != name) && source.Blocked.All(blocked => blocked.Name != name)))
        {
            messages.Error(new SourceError(SourceErrorKind.Config, $"The connector has no stream {name}."), name);
            messages.Status(name, "INCOMPLETE");
            succeeded = false;
        }

        foreach (var stream in source.Streams.Where(stream => streams.Count == 0 || streams.Contains(stream.Name)))
        {
            var initial = states.Find(stream.Name) is { } given ? Migrated(stream, given) : null;
            if (stream is not DeclarativeStream chosen)
            {
                var delegating = (DelegatingStream)stream;
                chosen = delegating.For(initial is { Length: > 0 } ? ValueJsonWriter.ToText(initial) : null, _options.Time.GetUtcNow());
                initial = delegating.IsFull(chosen) ? null : initial;
            }

            succeeded &= await new StreamRead(chosen, initial, messages, _options.Time).RunAsync(cancellationToken);
            messages.Flush();
        }

        return succeeded;
    }

    private async ValueTask<ConnectorSource?> OpenAsync(ReadOnlyMemory<byte> config, MessageWriter messages, CancellationToken cancellationToken)
    {
        var opened = await connector.OpenAsync(config.Span, _options, cancellationToken);
        if (opened is ConnectorOpened { Source: var source }) return source;
        messages.Error(Why(opened), stream: null);
        return null;
    }

    private static DictValue Migrated(IStream stream, DictValue state) =>
        ValueJsonReader.Read(stream.MigrateState(ValueJsonWriter.ToText(state))).AsDict!;

    private static bool TellBlocked(MessageWriter messages, ConnectorSource source, IReadOnlyCollection<string>? names)
    {
        var isNone = true;
        foreach (var blocked in source.Blocked.Where(blocked => names is null || names.Count == 0 || names.Contains(blocked.Name)))
        {
            var errors = blocked.Problems.Where(problem => problem.Severity == ProblemSeverity.Error);
            messages.Error(new SourceError(SourceErrorKind.Config, $"The stream {blocked.Name} can't run: {string.Join(" ", errors)}"), blocked.Name);
            messages.Status(blocked.Name, "INCOMPLETE");
            isNone = false;
        }

        return isNone;
    }

    private static SourceError Why(OpenResult result) => result switch
    {
        ConfigRefused refused => new SourceError(SourceErrorKind.Config, string.Join(" ", refused.Problems.Select(problem => $"{problem}."))),
        StreamsUnknown unknown => unknown.Error,
        _ => throw new InvalidOperationException($"Opening gave a {result.GetType().Name}."),
    };
}
