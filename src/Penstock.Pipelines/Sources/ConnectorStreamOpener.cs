using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Penstock.Connectors;
using Penstock.Connectors.Components;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Loading;

namespace Penstock.Pipelines.Sources;

/// <summary>Opens pulled streams: secrets resolved, manifest loaded, one budget for each credential. Keeps what it opened.</summary>
/// <param name="resolver">Resolves configs.</param>
/// <param name="budgets">The budgets.</param>
/// <param name="components">The components of one's own that manifests may name.</param>
/// <param name="reading">How slices are read.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Chance, for the jitter of waits.</param>
/// <param name="log">Gets warnings about manifests.</param>
/// <param name="transport">Sends calls; null for transports that keep to each pipeline's hosts.</param>
public sealed class ConnectorStreamOpener(
    ConfigResolver resolver, CredentialBudgets budgets, ConnectorComponents components, ReadingOptions reading, TimeProvider time, Random random,
    ILogger<ConnectorStreamOpener> log, HttpTransport? transport = null)
    : IStreamOpener
{
    private readonly ConcurrentDictionary<string, (string Fingerprint, ConnectorSource Source)> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Connector> _connectors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _opening = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<StreamOpening> OpenAsync(Pipeline pipeline, string stream, CancellationToken cancellationToken = default)
    {
        if (pipeline.Manifest is not { } manifest)
            return Unavailable(pipeline, "connector", "The pipeline has no connector.", "Name the manifest: connector: connector.yaml");
        switch (await resolver.ResolveAsync(pipeline.Config, cancellationToken))
        {
            case SecretsMissing { Names: var names }:
                return new StreamUnavailable([.. MissingIn(pipeline, names)]);
            case ConfigResolved config:
                return await OpenAsync(pipeline, manifest, config, stream, cancellationToken);
            default:
                throw new InvalidOperationException("Resolving the config gave an unknown result.");
        }
    }

    private async ValueTask<StreamOpening> OpenAsync(
        Pipeline pipeline, ManifestFile manifest, ConfigResolved config, string stream, CancellationToken cancellationToken)
    {
        string fingerprint = Fingerprint(pipeline, manifest, config);
        if (_open.TryGetValue(pipeline.Name, out var open) && open.Fingerprint == fingerprint)
            return Find(pipeline, open.Source, stream);

        // Two sources of one pipeline would each log in, and use up a single-use refresh token twice.
        SemaphoreSlim turn = _opening.GetOrAdd(pipeline.Name, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return _open.TryGetValue(pipeline.Name, out open) && open.Fingerprint == fingerprint
                ? Find(pipeline, open.Source, stream)
                : await OpenAnewAsync(pipeline, manifest, config, fingerprint, stream, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async ValueTask<StreamOpening> OpenAnewAsync(
        Pipeline pipeline, ManifestFile manifest, ConfigResolved config, string fingerprint, string stream, CancellationToken cancellationToken)
    {
        if (Load(pipeline, manifest) is not { } connector)
            return new StreamUnavailable([.. Connector.Load(manifest.Yaml, manifest.FileName).Problems.Select(ToDefinition)]);
        switch (await connector.OpenAsync(config.Json.Span, Options(pipeline, config), cancellationToken))
        {
            case ConnectorOpened { Source: var source }:
                _open[pipeline.Name] = (fingerprint, source);
                return Find(pipeline, source, stream);
            case ConfigRefused refused:
                return new StreamUnavailable([.. refused.Problems.Select(problem => WrongConfig(pipeline, $"config.{problem.Path}".TrimEnd('.'), problem.Message))]);
            case StreamsUnknown unknown:
                return Unavailable(pipeline, "connector", $"The source can't be asked for its streams: {unknown.Error.Message}", "It is tried again.");
            default:
                throw new InvalidOperationException("Opening the connector gave an unknown result.");
        }
    }

    private Connector? Load(Pipeline pipeline, ManifestFile manifest)
    {
        // Components may be a pipeline's own, so that the same manifest isn't the same connector everywhere.
        string key = $"{pipeline.Name} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(manifest.Yaml)))}";
        if (_connectors.TryGetValue(key, out Connector? known))
            return known;
        return Connector.Load(manifest.Yaml, manifest.FileName, components.For(pipeline.Name)) is ConnectorLoaded loaded ? _connectors.GetOrAdd(key, loaded.Connector) : null;
    }

    private ConnectorOptions Options(Pipeline pipeline, ConfigResolved config) => new()
    {
        Hosts = pipeline.Hosts,
        Transport = transport,
        Time = time,
        Random = random,
        Reading = reading,
        Logger = log,
        Budget = rules => budgets.For(CredentialBudgets.NameOf(pipeline, config.Secrets), rules.With(pipeline.Budget)),
    };

    private static StreamOpening Find(Pipeline pipeline, ConnectorSource source, string name)
    {
        if (source.Streams.FirstOrDefault(stream => stream.Name == name) is { } found)
            return new StreamOpened(found);
        if (source.Blocked.FirstOrDefault(stream => stream.Name == name) is { } blocked)
            return new StreamUnavailable([.. blocked.Problems.Select(ToDefinition)]);
        string known = string.Join(", ", source.Streams.Select((IStream stream) => stream.Name));
        return new StreamUnavailable(
            [new DefinitionProblem(pipeline.File, pipeline.Find(name)?.Line ?? 0, "streams", $"The connector has no stream '{name}'.", $"It has: {known}.")]);
    }

    private static DefinitionProblem WrongConfig(Pipeline pipeline, string path, string message) => new(
        pipeline.File, pipeline.ConfigLines.GetValueOrDefault(path, pipeline.ConfigLines.GetValueOrDefault("config")), path,
        $"The value {message}.", $"See what the connector wants: penstock spec {pipeline.Name}");

    private static IEnumerable<DefinitionProblem> MissingIn(Pipeline pipeline, IReadOnlyList<string> names) => names.Select(name =>
        (pipeline.Secrets.FirstOrDefault(reference => reference.Name == name) ?? new SecretReference(name, pipeline.File, 0, "config")).Missing());

    private static StreamUnavailable Unavailable(Pipeline pipeline, string path, string message, string fix) =>
        new([new DefinitionProblem(pipeline.File, 0, path, message, fix)]);

    private static DefinitionProblem ToDefinition(BuildProblem problem) =>
        new(problem.File, problem.Line, problem.Path, problem.Message, problem.Fix);

    // A changed file or a rotated secret opens the connector anew. The hash stays in memory: it is of secrets.
    private static string Fingerprint(Pipeline pipeline, ManifestFile manifest, ConfigResolved config)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(manifest.Yaml));
        hash.AppendData(config.Json.Span);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join(',', [.. pipeline.Hosts.Allowed ?? ["*"], "|", .. pipeline.Hosts.Private])));
        hash.AppendData(Encoding.UTF8.GetBytes(BudgetFields.Write(pipeline.Budget)));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
